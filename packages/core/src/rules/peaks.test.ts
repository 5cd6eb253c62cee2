import { describe, expect, it } from 'vitest'
import { type Peak, usualPeaks, withPeak } from './peaks.js'

const size = 10

/** A sample a second. */
const peakOf = (value: number, sample: number): Peak => ({ sample, at: 1000 * sample, value })

const seen = (...samples: [sample: number, value: number][]) =>
  samples.reduce<readonly Peak[]>((peaks, [sample, value]) => withPeak(peaks, peakOf(value, sample), size), [])

const usual = (peaks: readonly Peak[], value: number, sample: number) => usualPeaks(peaks, peakOf(value, sample), size)

describe('the spikes before', () => {
  it('make another one usual when there were three that came near its height', () => {
    const three = seen([100, 60], [160, 54], [220, 58])
    expect(usual(three, 60, 280)?.alike.map(({ value }) => value)).toEqual([60, 54, 58])
    expect(usual(three, 60.1, 280)).toBeNull()
    expect(usual(three.slice(1), 50, 280)).toBeNull()
  })

  it('count for thirty lengths of the history', () => {
    const three = seen([100, 60], [160, 60], [220, 60])
    expect(usual(three, 60, 399)).not.toBeNull()
    expect(usual(three, 60, 400)).toBeNull()
  })

  it('are one spike within a length of the history, as high as its highest sample', () => {
    expect(seen([100, 60], [105, 80], [115, 50])).toEqual([{ sample: 115, at: 100_000, value: 80 }])
    expect(seen([100, 60], [111, 80])).toHaveLength(2)
  })

  it('are others: a spike does not make itself usual', () => {
    const three = seen([100, 60], [160, 60], [220, 60])
    expect(usual(three, 60, 221)).toBeNull()
  })

  it('are forty at most', () => {
    expect(seen(...Array.from({ length: 60 }, (_, index): [number, number] => [20 * index, index]))).toHaveLength(40)
  })

  it('make another one usual when they came by the clock, a little late or not', () => {
    const hourly = seen([100, 60], [900, 90], [3705, 60], [7290, 60])
    expect(usual(hourly, 60, 10_900)).toMatchObject({ when: 'at intervals of 60 min', alike: [{}, {}, {}] })
    expect(usual(hourly, 70, 10_900)).toBeNull()
    expect(usual(hourly, 60, 10_400)).toBeNull()
    expect(usual(seen([0, 60], [288, 60], [576, 60]), 60, 864)).toBeNull()
  })

  it('may lie below zero', () => {
    const three = seen([100, -10], [160, -10.5], [220, -11])
    expect(usual(three, -10, 280)).not.toBeNull()
    expect(usual(three, -9.9, 280)).toBeNull()
  })
})
