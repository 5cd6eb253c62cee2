import { describe, expect, it } from 'vitest'
import { noRise, steadyClimb, withSample } from './rise.js'

const fed = (values: number[], size = 2) => values.reduce((rise, value) => withSample(rise, value, size), noRise)

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('a steady climb', () => {
  it('is eight means of a history each, each above the one before', () => {
    expect(steadyClimb(fed(upTo(15)))).toBeNull()
    expect(steadyClimb(fed(upTo(16)))).toEqual([0.5, 2.5, 4.5, 6.5, 8.5, 10.5, 12.5, 14.5])
  })

  it('is over with the first mean that is not above the last', () => {
    expect(steadyClimb(fed([...upTo(16), 14, 15]))).toBeNull()
    expect(steadyClimb(fed([...upTo(16), 14, 14.9]))).toBeNull()
    expect(steadyClimb(fed([...upTo(16), 14, 15.1]))).toHaveLength(9)
  })

  it('looks back ten means at most', () => {
    expect(steadyClimb(fed(upTo(200)))).toEqual([180.5, 182.5, 184.5, 186.5, 188.5, 190.5, 192.5, 194.5, 196.5, 198.5])
  })
})
