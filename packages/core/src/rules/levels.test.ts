import { describe, expect, it } from 'vitest'
import { type Levels, noLevels, risesAnew, withSample } from './levels.js'

const fed = (values: number[], from: Levels = noLevels, size = 2) =>
  values.reduce((levels, value) => withSample(levels, value, size), from)

/** Each level for one mean. */
const means = (...levels: number[]) => levels.flatMap(level => [level, level])

describe('where a rise began', () => {
  it('is the lowest of the last eight means', () => {
    expect(fed([3]).low).toBeNull()
    expect(fed(means(5, 3, 4)).low).toBe(3)
    expect(fed(means(1, 2, 3, 4, 5, 6, 7, 8, 9)).low).toBe(2)
  })

  it('is not known after a dump, until the same rise is over', () => {
    const dumped = risesAnew(fed(means(1, 2, 3)))
    expect(dumped.low).toBeNull()
    expect(fed(means(4, 5, 6), dumped).low).toBeNull()
    expect(fed(means(4, 5, 5), dumped).low).toBe(5)
    expect(fed(means(4, 5, 5, 7), dumped).low).toBe(5)
  })
})

describe('where a load was before it went away', () => {
  it('is the highest level of two means in a row among the last ten', () => {
    expect(fed(means(80)).held).toBeNull()
    expect(fed(means(80, 78, 2)).held).toBe(78)
    expect(fed(means(2, 80, 2)).held).toBe(2)
    expect(fed(means(80, 80, ...Array(9).fill(2))).held).toBe(2)
  })

  it('counts for a rise where it was before the rise', () => {
    expect(fed(means(50, 50, 2, 3, 4)).heldBefore).toBe(50)
    expect(fed(means(2, 3, 4)).heldBefore).toBeNull()
  })
})
