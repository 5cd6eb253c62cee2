import { describe, expect, it } from 'vitest'
import { duration, figure, parseCount, parseDuration, size, time } from './format.js'

describe('figures', () => {
  it('are shown as people read them', () => {
    expect([0, 17, 1024, 10_240, 5 * 1024 ** 2, 3 * 1024 ** 3].map(size)).toEqual([
      '0 B',
      '17 B',
      '1.0 KiB',
      '10 KiB',
      '5.0 MiB',
      '3.0 GiB',
    ])
    expect([5, 8100, 200_000, 7_200_000, 259_200_000].map(duration)).toEqual([
      '5 ms',
      '8.1 s',
      '3 min',
      '2.0 h',
      '3.0 d',
    ])
    expect([figure(31.44, 'percent'), figure(1020.4, 'ms'), figure(0.5, 'value'), figure(null, 'ms')]).toEqual([
      '31.4%',
      '1020 ms',
      '0.5',
      '-',
    ])
    expect(time(0)).toBe('1970-01-01 00:00:00')
  })

  it('are read with their units, and nothing else is', () => {
    expect(['2000', '500ms', '2s', '1.5m'].map(parseDuration)).toEqual([2000, 500, 2000, 90_000])
    expect(() => parseDuration('soon')).toThrow('got soon')
    expect(parseCount('12')).toBe(12)
    for (const text of ['0', '-1', '1.5', 'x']) expect(() => parseCount(text)).toThrow(`got ${text}`)
  })
})
