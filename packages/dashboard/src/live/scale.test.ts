import { describe, expect, it } from 'vitest'
import { axisLabel, keyed, niceCeiling, rangeOf, shareOf, spikeAt, spikeValue, stepOf, valueAt } from './scale.ts'

const range = { low: 0, high: 100 }

describe('the range', () => {
  it('stands still while the values waver', () => {
    const of = (highest: number) => rangeOf({ values: [3, highest, null], spikeLine: [], unit: 'percent' }, null).high
    expect(new Set([41, 42, 43, 44, 45].map(of))).toEqual(new Set([50]))
  })

  it('shows a near watermark and leaves out a far one', () => {
    const high = (watermark: number) => rangeOf({ values: [30], spikeLine: [], unit: 'percent' }, watermark).high
    expect(high(80)).toBeGreaterThan(80)
    expect(high(5000)).toBeLessThan(80)
  })

  it('reaches up to the lines that somebody drags', () => {
    expect(rangeOf({ values: [1], spikeLine: [], unit: 'ms' }, 1000, [1000]).high).toBeGreaterThan(1000)
  })

  it('is not blown up by a spike line far above the values', () => {
    expect(rangeOf({ values: [40], spikeLine: [4000], unit: 'count' }, null).high).toBe(50)
  })

  it('does not make mountains of the noise of an idle process, and has a height without any value', () => {
    expect(rangeOf({ values: [0.2, 0.3], spikeLine: [], unit: 'percent' }, null)).toEqual({ low: 0, high: 10 })
    expect(rangeOf({ values: [null], spikeLine: [], unit: 'value' }, null)).toEqual({ low: 0, high: 1 })
  })

  it('reaches below zero for a metric that does', () => {
    expect(rangeOf({ values: [-30, 5], spikeLine: [], unit: 'value' }, null).low).toBeLessThan(-30)
  })

  it('ends on a round number that is not below', () => {
    for (let value = 1e-3; value < 1e12; value *= 1.07) {
      const nice = niceCeiling(value)
      expect(nice).toBeGreaterThanOrEqual(value * (1 - 1e-6))
      expect(nice).toBeLessThanOrEqual(value * 1.6)
    }
    expect(niceCeiling(0)).toBe(0)
  })
})

describe('a drag', () => {
  it('goes from the place to the value and back, to the step', () => {
    for (const high of [1, 7, 80, 1000, 123_456])
      for (let share = 0; share <= 1; share += 0.013) {
        const whole = { low: 0, high }
        const value = valueAt(share, whole)
        expect(Math.abs(shareOf(value, whole) - share)).toBeLessThanOrEqual(stepOf(whole) / high)
      }
  })

  it('stops at the edges of the chart', () => {
    expect(valueAt(-3, range)).toBe(100)
    expect(valueAt(7, range)).toBe(0)
    expect(shareOf(400, range)).toBe(0)
  })

  it('lands on round numbers', () => {
    expect(valueAt(0.2512, range)).toBe(75)
    expect(valueAt(0.5003, { low: 0, high: 0.3 })).toBe(0.15)
  })
})

describe('keys', () => {
  it('move by a step, by ten, and to the ends', () => {
    const press = (key: string) => keyed(key, 80, stepOf(range), range)
    expect(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'].map(press)).toEqual([81, 79, 90, 70, 0, 100])
  })

  it('do nothing else', () => {
    expect(keyed('Tab', 80, 1, range)).toBeUndefined()
    expect(keyed('constructor', 80, 1, range)).toBeUndefined()
  })

  it('stay within the chart', () => {
    expect(keyed('PageUp', 99, 1, range)).toBe(100)
    expect(keyed('PageDown', 3, 1, range)).toBe(0)
  })

  it('do not lower what lies above the chart already by a press upwards', () => {
    expect(keyed('ArrowUp', 140, 1, range)).toBe(140)
    expect(keyed('ArrowDown', 140, 1, range)).toBe(139)
  })
})

describe('the spike line', () => {
  it('is percent above the mean, both ways', () => {
    expect(spikeAt(60, 40)).toBe(50)
    expect(spikeValue(50, 40)).toBe(60)
    expect(spikeAt(spikeValue(2.5, 40), 40)).toBe(2.5)
  })

  it('of a negative mean lies above it', () => {
    expect(spikeValue(50, -40)).toBe(-20)
    expect(spikeAt(-20, -40)).toBe(50)
  })

  it('is never at or below the mean', () => {
    expect(spikeAt(10, 40)).toBe(1)
  })
})

it('the scale labels an axis shortly', () => {
  expect(axisLabel(80, 'percent')).toBe('80%')
  expect(axisLabel(1500, 'ms')).toBe('1.5 s')
  expect(axisLabel(500, 'ms')).toBe('500 ms')
  expect(axisLabel(12_000, 'count')).toBe('12K')
})
