import { expect, it } from 'vitest'
import { ageOf, type Clocks, isStamp, stampOf } from './stamp.js'

const clocks = (wall: number, steady: number, boot: string | null): Clocks => ({
  wall: () => wall,
  steady: () => steady,
  boot,
})

const day = 86_400_000

const stamp = stampOf(clocks(100 * day, 5000, 'a'))

it('a stamp dates a moment of the same boot whatever the clock was set to since', () => {
  for (const set of [-50 * day, -600_000, 0, 600_000, 50 * day])
    expect(ageOf(stamp, clocks(100 * day + 1000 + set, 6000, 'a'))).toBe(1000)
})

it('a stamp dates a moment of another boot, or of a machine that does not say which, by the clock on the wall', () => {
  for (const boot of ['b', null]) {
    expect(ageOf(stamp, clocks(101 * day, 7, boot))).toBe(day)
    expect(ageOf(stamp, clocks(99 * day, 7, boot))).toBe(0)
  }
  expect(ageOf({ ...stamp, boot: null }, clocks(101 * day, 7000, null))).toBe(day)
  // The clock of a container that counts from its own beginning.
  expect(ageOf(stamp, clocks(101 * day, 4000, 'a'))).toBe(day)
})

it('a stamp is told from anything else', () => {
  expect(isStamp(JSON.parse(JSON.stringify(stamp)))).toBe(true)
  expect(isStamp({ ...stamp, boot: null })).toBe(true)
  for (const other of [
    undefined,
    null,
    1,
    {},
    { ...stamp, at: '1' },
    { ...stamp, steady: null },
    { ...stamp, at: 1e300 },
  ])
    expect(isStamp(other)).toBe(false)
})
