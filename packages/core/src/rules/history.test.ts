import { describe, expect, it } from 'vitest'
import { append, deviationOf, meanOf, stepDeviationOf } from './history.js'

describe('history', () => {
  it('keeps the newest values, oldest first, and leaves the one before as it was', () => {
    const before = [1, 2, 3]
    expect(append(before, [4, 5], 4)).toEqual([2, 3, 4, 5])
    expect(append(before, [4], 10)).toEqual([1, 2, 3, 4])
    expect(append([1, 2, 3, 4], [5], 2)).toEqual([4, 5])
    expect(before).toEqual([1, 2, 3])
  })

  it('has no mean and no deviation before there is something to take them of', () => {
    expect([meanOf([]), deviationOf([]), stepDeviationOf([])]).toEqual([null, null, null])
    expect([meanOf([7]), deviationOf([7]), stepDeviationOf([7])]).toEqual([7, null, null])
  })

  it('divides the squares by one less than the number of samples', () => {
    expect(meanOf([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5)
    expect(deviationOf([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12)
  })

  it('does not lose small differences between large values', () => {
    expect(deviationOf([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBeCloseTo(1, 12)
  })

  it('finds a steady climb narrow by its steps and wide by its values', () => {
    const climb = [0, 4, 8, 12, 16, 20, 24, 28, 32, 36]
    expect(deviationOf(climb)).toBeCloseTo(12.11, 2)
    expect(stepDeviationOf(climb)).toBeCloseTo(4 / Math.sqrt(2), 12)
  })
})
