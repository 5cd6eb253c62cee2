import { expect, it } from 'vitest'
import { paced } from './paced.js'

/** Calls paced work of that cost every 100 ms for 100 s; says how often it ran. */
function runs(costs: (run: number) => number, share?: number): number {
  let now = 0
  let count = 0
  const work = paced(
    () => {
      now += costs(count++)
    },
    () => now,
    share,
  )
  for (let at = 0; at < 100_000; at = Math.max(at + 100, now)) {
    now = Math.max(now, at)
    work()
  }
  return count
}

it('paced work runs each time while the work is cheap', () => {
  expect(runs(() => 0.05)).toBe(1000)
})

it('paced work takes half a percent of the time at most, however much a run costs', () => {
  // 20 ms each: at most 500 ms of 100,000.
  expect(runs(() => 20)).toBeLessThanOrEqual(26)
  expect(runs(() => 20)).toBeGreaterThanOrEqual(20)
})

it('paced work of a small share keeps to it, and is done every ten seconds at least', () => {
  // 0.1 ms each: 100 s have room for 100 runs.
  expect(runs(() => 0.1, 0.0001)).toBeLessThanOrEqual(102)
  expect(runs(() => 0.1, 0.0001)).toBeGreaterThanOrEqual(90)
  expect(runs(() => 5, 0.0001)).toBeGreaterThanOrEqual(10)
})

it('paced work does not wait long after its first run, which is the slowest', () => {
  expect(runs(run => (run === 0 ? 5 : 0.001), 0.0001)).toBeGreaterThan(980)
})

it('paced work does not pause for one slow run among cheap ones', () => {
  expect(runs(run => (run === 100 ? 50 : 0.05))).toBeGreaterThan(990)
})

it('paced work is paced also when the work throws', () => {
  let now = 0
  let count = 0
  const work = paced(
    () => {
      count++
      now += 10
      throw new Error('no')
    },
    () => now,
  )
  expect(work).toThrow('no')
  now += 100
  expect(work).not.toThrow()
  expect(count).toBe(1)
})
