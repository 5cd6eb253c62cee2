import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, type RunningServer, startServer } from '../support.js'

const minute = 60_000
const day = 1440 * minute

/** A shop with a clock that is set in both threads, of which one rule watches the requests in flight. */
function shopWith(cooldown: number) {
  const inFlight = { enabled: true, min: 1, watermark: 3, spike: null, cooldown, capture: ['requests'] }
  return startServer(
    {
      interval: 50,
      thresholds: { ...noRules, inFlight },
      retention: { minFreeBytes: 0 },
      monitorThread: fileURLToPath(new URL('../fixtures/clock-thread.mjs', import.meta.url)),
    } as Parameters<typeof startServer>[0],
    { fixture: 'clock.mjs' },
  )
}

const ruleOf = async (server: RunningServer) => (await server.status()).metrics.inFlight?.rules.watermark

async function setClock(server: RunningServer, by: number): Promise<void> {
  server.child.send({ clock: by })
  const far = (at: number | undefined) => Math.abs((at ?? 0) - Date.now() - by)
  await eventually('samples of the new time', async () => far((await server.status()).sample?.at) < minute)
}

/** Requests pile up until `seen` is there, and are given up then. */
async function pileUp<T>(server: RunningServer, what: string, seen: () => Promise<T>): Promise<void> {
  const leaving = new AbortController()
  const stalled = [1, 2, 3, 4].map(id =>
    fetch(`${server.base}/stall/${id}`, { signal: leaving.signal }).catch(() => {}),
  )
  await eventually(what, seen)
  leaving.abort()
  await Promise.all(stalled)
  await eventually('none in flight, and nothing is captured', async () => {
    const { sample, capture, metrics } = await server.status()
    const state = metrics.inFlight?.rules.watermark.state
    return sample?.values.inFlight === 0 && capture === null && state !== 'capturing' && state !== 'spent'
  })
}

it.each([-2 * day, -10 * minute, 10 * minute, 2 * day])(
  'rules go on when the clock is set by %d ms after a dump, and back again',
  async by => {
    const server = await shopWith(0)
    let dumps = 0
    for (const offset of [0, by, 0]) {
      await setClock(server, offset)
      await pileUp(server, `a dump with the clock at ${offset} ms`, async () => {
        const made = (await manifestsIn(server.dir)).length
        return made > dumps && made
      })
      dumps = (await manifestsIn(server.dir)).length
    }
    expect((await server.status()).errors).toEqual([])
  },
)

it('a cooldown lasts as long as it does, whatever the clock says meanwhile', async () => {
  const server = await shopWith(5 * minute)
  await pileUp(server, 'a dump', async () => (await manifestsIn(server.dir)).length)
  for (const offset of [day, -day, 0]) {
    await setClock(server, offset)
    await pileUp(server, `cooling down at ${offset} ms`, async () => (await ruleOf(server))?.state === 'cooling-down')
  }
  expect((await manifestsIn(server.dir)).length).toBe(1)
})
