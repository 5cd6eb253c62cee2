import type { Status } from '@autodump/core'
import { askInstance, listInstances } from '@autodump/core/control'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, manifestsIn, startServer } from '../support.js'

const [streams, polls, hanging] = [30, 8, 3]

describe.each(['express', 'koa', 'node:http'])('streams and long polls in %s', framework => {
  it('are counted apart from requests that wait, and are no alarm', { timeout: 150_000 }, async () => {
    const env = { AUTODUMP_TEST_FRAMEWORK: framework }
    const server = await startServer({ interval: 200 }, { fixture: 'streaming.mjs', env })
    const clients = new AbortController()
    onTestFinished(() => clients.abort())
    const ask = (path: string) => fetch(server.base + path, { signal: clients.signal }).catch(() => null)
    const many = (count: number, work: () => unknown) => {
      for (let one = 0; one < count; one++) void work()
    }
    /** Comes back as soon as it is answered. A route is known after 20 answers and 30 s. */
    const poll = async () => {
      while (!clients.signal.aborted) await (await ask('/poll'))?.text().catch(() => null)
    }
    many(streams, () => ask('/events'))
    many(hanging, () => ask('/hang'))
    many(polls, poll)

    const instance = await eventually('it is watched', async () => (await listInstances(server.dir))[0])
    const values = await eventually(
      'the history of the route is known',
      async () => {
        const { sample } = (await (await askInstance(instance, '/status')).json()) as Status
        const { values } = sample ?? {}
        // Some polls are just between an answer and the next request.
        return values && values.streams === streams && (values.longPolls ?? 0) >= polls / 2 && values
      },
      100_000,
    )
    expect(values.longPolls).toBeLessThanOrEqual(polls)
    expect(values.inFlight).toBeGreaterThanOrEqual(hanging)
    expect(values.inFlight).toBeLessThanOrEqual(hanging + polls)
    const dumps = await manifestsIn(server.dir)
    expect(dumps.filter(({ trigger }) => trigger.metric === 'inFlight').map(({ summary }) => summary.text)).toEqual([])
  })
})
