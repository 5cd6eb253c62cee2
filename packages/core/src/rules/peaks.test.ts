import { describe, expect, it } from 'vitest'
import { type Peak, usualPeaks, withPeak } from './peaks.js'

const size = 10

const seen = (...samples: [sample: number, value: number][]) =>
  samples.reduce<readonly Peak[]>((peaks, [sample, value]) => withPeak(peaks, value, sample, size), [])

describe('the spikes before', () => {
  it('make another one usual when there were three that came near its height', () => {
    const three = seen([100, 60], [160, 54], [220, 58])
    expect(usualPeaks(three, 60, 280, size)?.alike.map(({ value }) => value)).toEqual([60, 54, 58])
    expect(usualPeaks(three, 60.1, 280, size)).toBeNull()
    expect(usualPeaks(three.slice(1), 50, 280, size)).toBeNull()
  })

  it('count for thirty lengths of the history', () => {
    const three = seen([100, 60], [160, 60], [220, 60])
    expect(usualPeaks(three, 60, 399, size)).not.toBeNull()
    expect(usualPeaks(three, 60, 400, size)).toBeNull()
  })

  it('are one spike within a length of the history, as high as its highest sample', () => {
    expect(seen([100, 60], [105, 80], [115, 50])).toEqual([{ sample: 115, value: 80 }])
    expect(seen([100, 60], [111, 80])).toHaveLength(2)
  })

  it('are others: a spike does not make itself usual', () => {
    const three = seen([100, 60], [160, 60], [220, 60])
    expect(usualPeaks(three, 60, 221, size)).toBeNull()
  })

  it('are ten at most', () => {
    expect(seen(...Array.from({ length: 30 }, (_, index): [number, number] => [20 * index, index]))).toHaveLength(10)
  })

  it('may lie below zero', () => {
    const three = seen([100, -10], [160, -10.5], [220, -11])
    expect(usualPeaks(three, -10, 280, size)).not.toBeNull()
    expect(usualPeaks(three, -9.9, 280, size)).toBeNull()
  })
})
