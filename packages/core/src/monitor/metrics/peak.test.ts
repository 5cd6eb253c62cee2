import { expect, it } from 'vitest'
import { createPeak } from './peak.js'

it('the peak is the largest value of the last minute', () => {
  const peak = createPeak(60_000)
  expect([peak(0, 5), peak(1000, 2480), peak(2000, 11), peak(30_000, 40), peak(31_000, null)]).toEqual([
    5, 2480, 2480, 2480, 2480,
  ])
  expect([peak(60_999, 3), peak(61_000, 3), peak(89_999, 3), peak(90_000, 3)]).toEqual([2480, 40, 40, 3])
})

it('the peak is nothing where nothing was read', () => {
  const peak = createPeak(1000)
  expect([peak(0, null), peak(1, 0), peak(1001, null)]).toEqual([null, 0, null])
})
