import { describe, expect, it } from 'vitest'
import type { Sample } from '../api/types.ts'
import { blockedSpans, captureSpans, columnsOf, isWindow, type Point, spanOf, within } from './window.ts'

const start = 1_764_361_000_000
const sample = (second: number, more: Partial<Sample> = {}): Sample => ({
  at: start + second * 1000,
  values: {},
  ...more,
})
const point = (second: number, value: number | null, mean: number | null = 5): Point => ({
  at: start + second * 1000,
  value,
  mean,
  spikeLine: mean === null ? 99 : mean * 2,
})

describe('the span', () => {
  it('ends with the newest sample', () => {
    expect(spanOf([sample(0), sample(10)], 5000)).toEqual({ from: start + 5000, to: start + 10_000 })
  })

  it('takes what lies within, and one before so that a line comes from somewhere', () => {
    const samples = Array.from({ length: 20 }, (_, second) => sample(second))
    const inSight = within(samples, { from: start + 15_500, to: start + 19_000 })
    expect(inSight.map(({ at }) => (at - start) / 1000)).toEqual([15, 16, 17, 18, 19])
    expect(within([], { from: 0, to: 1 })).toEqual([])
  })

  it('knows its windows and no inherited names', () => {
    expect(['5m', '1h', 'constructor', null].map(isWindow)).toEqual([true, true, false, false])
  })
})

describe('stretches', () => {
  it('of captures reach back to the sample before, and are one where they touch', () => {
    const samples = [sample(0), sample(1, { capturing: true }), sample(2, { capturing: true }), sample(3), sample(9)]
    expect(captureSpans(samples, 1000)).toEqual([{ from: start, to: start + 2000 }])
  })

  it('of captures do not reach over a gap', () => {
    const samples = [sample(0), sample(60, { capturing: true })]
    expect(captureSpans(samples, 1000)).toEqual([{ from: start + 59_000, to: start + 60_000 }])
  })

  it('of a blocked event loop reach back to when it began', () => {
    const samples = [sample(4, { blockedFor: 3000 }), sample(5, { blockedFor: 4000 }), sample(20, { blockedFor: 2000 })]
    expect(blockedSpans(samples)).toEqual([
      { from: start + 1000, to: start + 5000 },
      { from: start + 18_000, to: start + 20_000 },
    ])
  })
})

describe('columns', () => {
  const span = { from: start, to: start + 300_000 }

  it('have an empty row in a gap, and none where the samples follow each other', () => {
    const [at, , , value] = columnsOf([point(0, 1), point(1, 2), point(31, 3)], 1000, span)
    expect(value).toEqual([1, 2, null, 3])
    expect((at[2]! - start) / 1000).toBe(16)
  })

  it('have no spike line where there is no mean', () => {
    expect(columnsOf([point(0, 1, null)], 1000, span)[1]).toEqual([null])
  })

  it('keep each peak and each trough of more points than a chart can show', () => {
    const hour = { from: start, to: start + 3_600_000 }
    const points = Array.from({ length: 3600 }, (_, second) =>
      point(second, second === 1234 ? 90 : second === 2345 ? 0 : 10),
    )
    const [at, , , value] = columnsOf(points, 1000, hour)
    expect(value.length).toBeLessThan(1000)
    expect(value[at.indexOf(start + 1_234_000)]).toBe(90)
    expect(value[at.indexOf(start + 2_345_000)]).toBe(0)
    expect(at).toEqual([...at].sort((a, b) => a - b))
  })

  it('keep the gap in them too, and show the same of old samples when a new one comes', () => {
    const points = Array.from({ length: 3000 }, (_, second) =>
      point(second < 1500 ? second : second + 200, second % 17),
    )
    const hour = { from: start, to: start + 3_600_000 }
    const [at, , , value] = columnsOf(points, 1000, hour)
    expect(value.filter(one => one === null)).toHaveLength(1)
    const later = columnsOf([...points, point(3200, 4)], 1000, { from: hour.from + 1000, to: hour.to + 1000 })
    expect(later[0].slice(0, 500)).toEqual(at.slice(0, 500))
  })
})
