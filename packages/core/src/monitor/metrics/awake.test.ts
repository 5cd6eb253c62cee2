import { expect, it } from 'vitest'
import { createAwakeClock } from './awake.js'

const hour = 3600_000

it('awake time is monotonic time while samples come regularly', () => {
  const clock = createAwakeClock(1000)
  expect(clock.tick(10_000, 0)).toBe(10_000)
  expect(clock.tick(11_003, 5)).toBe(11_003)
  expect(clock.at(10_500)).toBe(10_500)
})

it('awake time leaves out a time in which the whole process stood still', () => {
  const clock = createAwakeClock(1000)
  clock.tick(10_000, 100)
  expect(clock.tick(11_000 + hour, 105)).toBe(11_000)
  // Before, within and after the stop.
  expect(clock.at(9_900)).toBe(9_900)
  expect(clock.at(10_990 + hour)).toBe(11_000)
  expect(clock.at(11_500 + hour)).toBe(11_500)
  expect(clock.tick(12_000 + hour, 110)).toBe(12_000)
})

it('awake time adds several stops up', () => {
  const clock = createAwakeClock(1000)
  clock.tick(0, 0)
  clock.tick(1000 + hour, 1)
  expect(clock.tick(2000 + 3 * hour, 2)).toBe(2000)
})

it('awake time takes it for a late sample when the process was at work', () => {
  const clock = createAwakeClock(1000)
  clock.tick(10_000, 0)
  expect(clock.tick(40_000, 15_000)).toBe(40_000)
})

it('awake time takes it for a late sample when the CPU time is unknown', () => {
  const clock = createAwakeClock(1000)
  clock.tick(10_000, 0)
  expect(clock.tick(40_000, null)).toBe(40_000)
})

it('awake time takes the stop out of the one delay that spans it, whether the app thread or the sampler wakes first', () => {
  const appFirst = createAwakeClock(1000)
  appFirst.tick(10_000, 0)
  appFirst.tick(11_000 + hour, 1)
  expect(appFirst.withoutStop(hour + 40, 10_990 + hour)).toBe(40)

  const samplerFirst = createAwakeClock(1000)
  samplerFirst.tick(10_000, 0)
  samplerFirst.tick(11_000 + hour, 1)
  expect(samplerFirst.withoutStop(3, 9_950)).toBe(3)
  samplerFirst.tick(12_000 + hour, 2)
  expect(samplerFirst.withoutStop(hour + 40, 11_100 + hour)).toBe(40)
  // A real block of more than an hour, later.
  expect(samplerFirst.withoutStop(2 * hour, 20_000 + 3 * hour)).toBe(2 * hour)
})
