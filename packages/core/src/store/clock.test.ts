import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { createAges } from './ages.js'
import { makeDumpId } from './dump-id.js'
import { createQuota } from './quota.js'
import { planRetention } from './retention.js'

const minute = 60_000

const hour = 60 * minute

const day = 24 * hour

const jumps = [-400 * day, -2 * day, -10 * minute, -7000, 7000, 10 * minute, 2 * day, 400 * day]

/** A machine whose clock can be set, and the processes on it. */
function machine(boot: string | null = 'a') {
  let wall = Date.UTC(2026, 10, 24)
  let steady = 5000
  return {
    now: () => wall,
    clock: { steady: () => steady, boot },
    pass(ms: number) {
      wall += ms
      steady += ms
    },
    set(by: number) {
      wall += by
    },
  }
}

const idAt = (at: number) => ({ id: makeDumpId(at, 1, 'cpu', 'spike') })

const fail = (what: string, error: unknown) => expect.unreachable(`${what}: ${error}`)

describe.each(jumps)('the clock is set by %d ms', by => {
  it('and the hour of the quota goes on, in this process and the next', () => {
    const dir = temporaryDirectory()
    const { now, clock, pass, set } = machine()
    const first = createQuota(dir, 3, fail, clock)
    const dumps: { id: string }[] = []
    const dump = () => {
      expect(first.take(now(), dumps)).toBe(0)
      dumps.unshift(idAt(now()))
    }
    dump()
    pass(10 * minute)
    dump()
    set(by)
    dump()
    pass(10 * minute)
    dumps.sort((a, b) => (a.id < b.id ? 1 : -1))
    for (const quota of [first, createQuota(dir, 3, fail, clock)]) {
      expect(quota.wait(now(), dumps)).toBe(40 * minute)
      expect(quota.take(now(), dumps)).toBe(40 * minute)
    }
    set(-by)
    expect(createQuota(dir, 3, fail, clock).wait(now(), dumps)).toBe(40 * minute)
    pass(40 * minute)
    expect(first.take(now(), dumps)).toBe(0)
    expect(first.wait(now(), dumps)).toBe(10 * minute)
  })

  it('and a dump that is taken out and given back is no longer counted', () => {
    const { now, clock, set } = machine()
    const quota = createQuota(temporaryDirectory(), 1, fail, clock)
    const at = now()
    expect(quota.take(at, [])).toBe(0)
    set(by)
    expect(quota.wait(now(), [])).toBe(hour)
    quota.giveBack(at)
    expect(quota.take(now(), [])).toBe(0)
  })

  it('and no dump grows old or young by that', () => {
    const { now, clock, pass, set } = machine()
    const dumps = [1, 2, 3, 4].map(age => ({ ...idAt(now() - age * hour), bytes: 1 }))
    const ageOf = createAges(clock.steady)
    for (const dump of dumps) ageOf(dump, now())
    const retention = { maxDumps: 100, maxBytes: 100, maxAge: 3.5 * hour, minFreeBytes: 0 }
    const plan = () => planRetention(dumps, retention, { now: now(), freeBytes: 1e9, ageOf })
    expect(plan()).toEqual([dumps[3]?.id])
    set(by)
    expect(plan()).toEqual([dumps[3]?.id])
    pass(hour)
    expect(plan()).toEqual([dumps[3]?.id, dumps[2]?.id])
  })
})

it('after a boot the hour goes by the clock of the wall, and what comes from the future does not lock', () => {
  const dir = temporaryDirectory()
  const before = machine('a')
  createQuota(dir, 1, fail, before.clock).use(before.now())
  for (const boot of ['b', null]) {
    const after = machine(boot)
    const quota = createQuota(dir, 1, fail, after.clock)
    after.pass(20 * minute)
    expect(quota.wait(after.now(), [])).toBe(40 * minute)
    after.set(-2 * day)
    expect(quota.wait(after.now(), [])).toBe(0)
  }
})

it('a machine that does not say which boot it is counts its own by the clock that nobody sets', () => {
  const { now, clock, set } = machine(null)
  const quota = createQuota(temporaryDirectory(), 1, fail, clock)
  expect(quota.take(now(), [])).toBe(0)
  set(-2 * day)
  expect(quota.wait(now(), [])).toBe(hour)
  set(4 * day)
  expect(quota.wait(now(), [])).toBe(hour)
})

it('dumps whose file is lost count as they were first seen', () => {
  const dir = temporaryDirectory()
  const { now, clock, pass, set } = machine()
  const quota = createQuota(dir, 1, fail, clock)
  const dumps = [idAt(now() - 30 * minute)]
  expect(quota.wait(now(), dumps)).toBe(30 * minute)
  set(20 * minute)
  expect(quota.wait(now(), dumps)).toBe(30 * minute)
  pass(30 * minute)
  set(-20 * minute)
  expect(quota.wait(now(), dumps)).toBe(0)
})

it('older versions find what they know in the file', () => {
  const dir = temporaryDirectory()
  const { now, clock } = machine()
  createQuota(dir, 1, fail, clock).use(now())
  const file = join(dir, '.limits.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ captures: [now()], boot: 'a', steady: [5000] })
  rmSync(file)
})
