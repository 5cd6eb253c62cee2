import { describe, expect, it } from 'vitest'
import { mebibytes, rounded, roundedBeside, seconds, span, withUnit } from './figures.js'

describe('figures', () => {
  it('rounds to what people read', () => {
    expect([1234.56, 97.04, 5.678, 0.13242, 0, -3.24159].map(rounded)).toEqual([
      '1235',
      '97',
      '5.68',
      '0.1324',
      '0',
      '-3.24',
    ])
  })

  it('never rounds a value onto or over the line it is compared with', () => {
    expect(roundedBeside(79.97, 80)).toBe('79.97')
    expect(roundedBeside(79.9999999, 80)).toBe('79.9999999')
    expect(roundedBeside(80, 80)).toBe('80')
    expect(roundedBeside(999.6, 1000)).toBe('999.6')
    expect(roundedBeside(25.04, 25)).toBe('25.04')
  })

  it('shows each unit', () => {
    expect(withUnit(97, 'percent')).toBe('97%')
    expect(withUnit(1020.4, 'ms')).toBe('1020 ms')
    expect(withUnit(30, 'count')).toBe('30')
    expect(withUnit('0.00001', 'value')).toBe('0.00001')
  })

  it('rounds what is left of a time up', () => {
    expect([seconds(40_001), seconds(999.2), seconds(1)]).toEqual(['41 s', '1000 ms', '1 ms'])
  })

  it('shows sizes and spans of time by their order', () => {
    expect([9.26 * 2 ** 20, 61.4 * 2 ** 20, 12.5 * 2 ** 30].map(mebibytes)).toEqual([
      '9.26 MiB',
      '61.4 MiB',
      '12.5 GiB',
    ])
    expect([45_000, 99_000, 150_000, 4_020_000, 14_400_000].map(span)).toEqual([
      '45 s',
      '99 s',
      '2.5 min',
      '67 min',
      '4 h',
    ])
  })
})
