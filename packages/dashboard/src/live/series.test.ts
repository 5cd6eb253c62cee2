import { defaultThreshold, seriesOf } from '@autodump/core/rules'
import { describe, expect, it } from 'vitest'
import type { Sample } from '../api/types.ts'
import { createSeries } from './series.ts'

const start = 1_764_361_000_000
const cpu = defaultThreshold('cpu')
const settings = { history: 10, warmup: 10 }
const samples: Sample[] = Array.from({ length: 200 }, (_, second) => ({
  at: start + second * 1000,
  values: { cpu: 30 + (second % 7) + (second === 120 ? 50 : 0) },
  ...(second > 120 && second < 126 && { capturing: true }),
}))

const whole = (of: Sample[]) =>
  seriesOf(of, 'cpu', cpu, settings).map(({ at, value, mean, spikeLine }) => ({ at, value, mean, spikeLine }))

describe('a series', () => {
  it('that grew sample by sample is the one of all samples at once', () => {
    const series = createSeries('cpu', cpu, settings)
    for (let count = 1; count <= samples.length; count++) series.of(samples.slice(0, count))
    expect(series.of(samples)).toEqual(whole(samples))
  })

  it('goes on while old samples drop out', () => {
    const series = createSeries('cpu', cpu, settings)
    series.of(samples.slice(0, 150))
    const points = series.of(samples.slice(50))
    expect(points.slice(-100)).toEqual(whole(samples).slice(-100))
  })

  it('begins anew when older samples come in, or those of another process', () => {
    const series = createSeries('cpu', cpu, settings)
    series.of(samples.slice(100, 101))
    expect(series.of(samples)).toEqual(whole(samples))
    const others = samples.map(sample => ({ ...sample, at: sample.at + 250, values: { cpu: 3 } }))
    expect(series.of(others)).toEqual(whole(others))
  })

  it('begins anew when a hole in it was filled', () => {
    const series = createSeries('cpu', cpu, settings)
    series.of([...samples.slice(0, 80), ...samples.slice(90)])
    expect(series.of(samples)).toEqual(whole(samples))
  })
})
