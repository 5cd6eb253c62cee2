import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { controlDirectory } from '../control/instances.js'
import { temporaryDirectory } from '../testing/dumps.js'
import { createHostLock, type TurnRequest } from './host-lock.js'

/** A directory in which that many monitors have made themselves known. */
function shared(count: number): string {
  const dir = temporaryDirectory()
  mkdirSync(controlDirectory(dir))
  for (let index = 0; index < count; index++) writeFileSync(join(controlDirectory(dir), `${index}-a.json`), '{}')
  return dir
}

/** The turns of one of them, by a clock that only waiting moves. */
function turnsIn(dir: string, own: string, onWait: () => void = () => {}) {
  let now = 0
  const errors: string[] = []
  const waits: number[] = []
  const pending: (string | null)[] = []
  const turns = createHostLock({
    dir,
    own,
    random: () => 0.5,
    clock: () => now,
    onError: (what, error) => errors.push(`${what}: ${error}`),
  })
  const request = (more: Partial<TurnRequest> = {}): TurnRequest => ({
    kind: 'heap-snapshot',
    manual: false,
    atOnce: false,
    async wait(ms) {
      waits.push(ms)
      now += ms
      onWait()
    },
    pending: what => void pending.push(what),
    ...more,
  })
  return { ...turns, request, errors, waits, pending }
}

describe('the turn to stop the app', () => {
  it('needs nothing on disk where the process is alone', async () => {
    for (const dir of [temporaryDirectory(), shared(1)]) {
      const { take, spread, request } = turnsIn(dir, '0-a')
      expect(await take(request())).not.toHaveProperty('refused')
      await spread(request())
      expect(existsSync(join(dir, '.locks'))).toBe(false)
    }
  })

  it("is one process's at a time; another waits for two seconds, and says for what", async () => {
    const dir = shared(2)
    const first = turnsIn(dir, '0-a')
    const second = turnsIn(dir, '1-a')
    const got = await first.take(first.request())
    const why = `process ${process.pid} is taking heap-snapshot`
    expect(await second.take(second.request())).toEqual({
      refused: `${why}, and one process of a host does so at a time`,
    })
    expect(second.waits.reduce((sum, ms) => sum + ms, 0)).toBe(2000)
    expect(second.pending).toEqual([...second.waits.map(() => `its turn: ${why}`), null])
    if ('release' in got) got.release()
    expect(await second.take(second.request())).toHaveProperty('release')
    expect([...first.errors, ...second.errors]).toEqual([])
  })

  it('comes when the other one is done', async () => {
    const dir = shared(2)
    const first = turnsIn(dir, '0-a')
    const got = await first.take(first.request())
    const second = turnsIn(dir, '1-a', () => {
      if ('release' in got && second.waits.length === 3) got.release()
    })
    expect(await second.take(second.request())).toHaveProperty('release')
    expect(second.waits).toHaveLength(3)
  })

  it('is waited for longer by hand, and not at all where it is now or never', async () => {
    const dir = shared(2)
    const first = turnsIn(dir, '0-a')
    await first.take(first.request())
    const byHand = turnsIn(dir, '1-a')
    expect(await byHand.take(byHand.request({ manual: true }))).toHaveProperty('refused')
    expect(byHand.waits.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(20_000)
    const blocked = turnsIn(dir, '1-a')
    expect(await blocked.take(blocked.request({ atOnce: true }))).toHaveProperty('refused')
    expect(blocked.waits).toEqual([])
  })

  it('is given up when waiting is cut short', async () => {
    const dir = shared(2)
    const first = turnsIn(dir, '0-a')
    await first.take(first.request())
    const second = turnsIn(dir, '1-a')
    let waits = 0
    const wait = async () => void waits++
    expect(await second.take(second.request({ manual: true, wait }))).toHaveProperty('refused')
    expect(waits).toBe(1)
  })

  it('is not needed where there is no place for it', async () => {
    const dir = shared(2)
    writeFileSync(join(dir, '.locks'), '')
    const { take, request, errors } = turnsIn(dir, '0-a')
    expect(await take(request())).toHaveProperty('release')
    expect(errors).toEqual([expect.stringContaining('take turns with other instances')])
  })
})

describe('a moment of its own', () => {
  it('is had at once by the first, and by the others within two seconds', async () => {
    const dir = shared(3)
    const [first, second] = [turnsIn(dir, '0-a'), turnsIn(dir, '1-a')]
    const got = await first.spread(first.request({ kind: 'cpu-profile' }))
    await second.spread(second.request({ kind: 'cpu-profile' }))
    expect([first.waits, second.waits]).toEqual([[], [1000]])
    got.release()
    expect(readdirSync(join(dir, '.locks'))).toEqual([])
  })

  it('is nothing for those who ask by hand or cannot wait', async () => {
    const dir = shared(3)
    const [first, second] = [turnsIn(dir, '0-a'), turnsIn(dir, '1-a')]
    await first.spread(first.request())
    for (const more of [{ manual: true }, { atOnce: true }]) await second.spread(second.request(more))
    expect(second.waits).toEqual([])
  })
})
