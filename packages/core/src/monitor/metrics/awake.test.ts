import { expect, it } from 'vitest'
import { createAwakeClock } from './awake.js'

const hour = 3600_000

it('awake time is monotonic time while nothing stands still', () => {
  const clock = createAwakeClock()
  expect([clock.at(10_000), clock.at(11_003), clock.sinceStop(10_500)]).toEqual([10_000, 11_003, 10_500])
})

it('awake time leaves out a time in which the whole process stood still', () => {
  const clock = createAwakeClock()
  clock.stop({ from: 11_000, to: 11_000 + hour })
  // Before, within and after the stop.
  expect(clock.at(9_900)).toBe(9_900)
  expect(clock.at(10_990 + hour)).toBe(11_000)
  expect(clock.at(11_500 + hour)).toBe(11_500)
  expect(clock.sinceStop(9_000)).toBe(11_000)
})

it('awake time adds several stops up, and one that continues another is one with it', () => {
  const clock = createAwakeClock()
  clock.stop({ from: 1000, to: 2000 })
  clock.stop({ from: 5000, to: 6000 })
  expect(clock.at(7000)).toBe(5000)
  clock.stop({ from: 6000, to: 8000 })
  // A part of it is known already.
  clock.stop({ from: 7000, to: 9000 })
  expect([clock.at(4900), clock.at(7500), clock.at(10_000)]).toEqual([3900, 4000, 5000])
})

it('awake time takes the stop out of the one delay that spans it, whether the app thread or the witness wakes first', () => {
  const appFirst = createAwakeClock()
  appFirst.stop({ from: 11_000, to: 11_000 + hour })
  expect(appFirst.withoutStop(hour + 740, 11_010 + hour)).toBe(640)

  const witnessFirst = createAwakeClock()
  witnessFirst.stop({ from: 11_000, to: 11_000 + hour })
  expect(witnessFirst.withoutStop(3, 9_950)).toBe(3)
  expect(witnessFirst.withoutStop(hour + 40, 11_100 + hour)).toBe(0)
  // The histogram comes after the heartbeat.
  expect(witnessFirst.withoutStop(hour + 40, 11_900 + hour)).toBe(0)
  expect(witnessFirst.withoutStop(0, 12_100 + hour)).toBe(0)
  // A real block of more than an hour, later.
  expect(witnessFirst.withoutStop(2 * hour, 20_000 + 3 * hour)).toBe(2 * hour)
})

it('a stop in the midst of a long silence is left out of it, and does not excuse it', () => {
  const clock = createAwakeClock()
  clock.stop({ from: 111_000, to: 111_100 })
  // Silent since the first second: blocked.
  expect(clock.sinceStop(1000)).toBe(1000)
  clock.stop({ from: 112_000, to: 115_000 })
  expect(clock.at(120_000) - clock.sinceStop(1000)).toBe(119_000 - 3100)
  // Many stops are as good as one.
  for (let second = 200; second < 400; second++) clock.stop({ from: 1000 * second, to: 1000 * second + 100 })
  expect(clock.at(500_000)).toBe(500_000 - 3100 - 20_000)
})

it('a delay that is a little shorter than the stop is the stop', () => {
  const clock = createAwakeClock()
  clock.stop({ from: 1000, to: 4000 })
  expect(clock.withoutStop(2830, 4010)).toBe(0)
  expect(clock.withoutStop(2700, 4010)).toBe(2700)
})
