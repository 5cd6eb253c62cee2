import { describe, expect, it } from 'vitest'
import {
  duration,
  listedDuration,
  listedSize,
  preciseSize,
  rounded,
  roundedBeside,
  shortDuration,
  size,
  span,
  timeLeft,
  withUnit,
} from './units.js'

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
    expect(roundedBeside(79.9999999, 80)).toBe('79.999999')
    expect(roundedBeside(80, 80)).toBe('80')
    expect(roundedBeside(999.6, 1000)).toBe('999.6')
    expect(roundedBeside(25.04, 25)).toBe('25.04')
  })

  it('shows no sixteen digits for a sum of fractions that misses a line by nothing', () => {
    expect(roundedBeside(0.1 + 0.2, 0.3)).toBe('0.300001')
    expect(roundedBeside(0.1 + 0.2, 0.1 + 0.2)).toBe('0.3')
  })

  it('shows each unit', () => {
    expect(withUnit(97, 'percent')).toBe('97%')
    expect(withUnit(1020.4, 'ms')).toBe('1020 ms')
    expect(withUnit(30, 'count')).toBe('30')
    expect(withUnit('0.00001', 'value')).toBe('0.00001')
    expect([85_899_345_920, -12_345.678, 9999].map(figure => withUnit(figure, 'value'))).toEqual([
      '85,899,345,920',
      '-12,346',
      '9999',
    ])
    expect([withUnit(7_200_000, 'ms'), withUnit('100000.4', 'ms'), withUnit('99999', 'ms')]).toEqual([
      '7200 s',
      '100.0004 s',
      '99,999 ms',
    ])
  })

  it('rounds what is left of a time up', () => {
    expect([timeLeft(40_001), timeLeft(999.2), timeLeft(1)]).toEqual(['41 s', '1000 ms', '1 ms'])
  })

  it('shows sizes and spans of time by their order', () => {
    expect([9.26 * 2 ** 20, 61.4 * 2 ** 20, 12.5 * 2 ** 30].map(preciseSize)).toEqual([
      '9.26 MiB',
      '61.4 MiB',
      '12.5 GiB',
    ])
    const [hour, day] = [3_600_000, 86_400_000]
    expect([45_000, 99_000, 150_000, 4_020_000, 4 * hour, 71 * hour, 173 * day, 1e15].map(span)).toEqual([
      '45 s',
      '99 s',
      '2.5 min',
      '67 min',
      '4 h',
      '71 h',
      '173 days',
      'over a century',
    ])
  })

  it.each([
    // bytes, in a sentence, in a list
    [0, '0 B', '0 B'],
    [17, '17 B', '17 B'],
    [1023, '1023 B', '1023 B'],
    [1024, '1 KiB', '1.0 KiB'],
    [640 * 1024, '640 KiB', '640 KiB'],
    [9.5 * 2 ** 20, '9.5 MiB', '9.5 MiB'],
    [9.97 * 2 ** 20, '10 MiB', '10 MiB'],
    [135 * 2 ** 20, '135 MiB', '135 MiB'],
    [2 * 2 ** 30, '2048 MiB', '2.0 GiB'],
    [12.34 * 2 ** 30, '12.3 GiB', '12 GiB'],
    [-3 * 2 ** 20, '-3 MiB', null],
  ])('%d bytes are %s in a sentence and %s in a list', (bytes, sentence, list) => {
    expect(size(bytes)).toBe(sentence)
    if (list !== null) expect(listedSize(bytes)).toBe(list)
  })

  it.each([
    // milliseconds, in a sentence, on a label, in a table
    [0.42, 'less than 1 ms', '0.42 ms', '<1 ms'],
    [850, '850 ms', '850 ms', '850 ms'],
    [8100, '8.1 s', '8.1 s', '8.1 s'],
    [41_000, '41.0 s', '41 s', '41.0 s'],
    [200_000, '3 min 20 s', '3 min 20 s', '3 min'],
    [7_500_000, '2 h 5 min', '2 h 5 min', '2.1 h'],
    [3 * 86_400_000, '3 days', '3 days', '3.0 d'],
  ])('%d ms are %s in a sentence, %s on a label, %s in a table', (ms, sentence, label, table) => {
    expect([duration(ms), shortDuration(ms), listedDuration(ms)]).toEqual([sentence, label, table])
  })
})
