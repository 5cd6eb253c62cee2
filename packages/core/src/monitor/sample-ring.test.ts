import { describe, expect, it } from 'vitest'
import type { Sample } from '../model/sample.js'
import { createSampleRing } from './sample-ring.js'

const second = 1000

function ringOf(count: number, { interval = second, metrics = ['cpu'] } = {}) {
  const ring = createSampleRing(interval, metrics)
  for (let index = 1; index <= count; index++) ring.push({ at: index * interval, values: valuesOf(metrics, index) })
  return ring
}

const valuesOf = (metrics: string[], value: number) => Object.fromEntries(metrics.map(metric => [metric, value]))

describe('the sample ring', () => {
  it('gives back every sample as it was', () => {
    const ring = createSampleRing(second, ['cpu', 'gc', 'queueDepth'])
    const samples: Sample[] = [
      { at: 1000, values: { cpu: 12.34, gc: null, queueDepth: -0.5 } },
      { at: 2000, values: { cpu: 0, gc: 0, queueDepth: 1e300 }, blockedFor: 700, capturing: true },
      { at: 3000, values: { cpu: 1, gc: 2, queueDepth: 3 }, cpuThreads: { main: 0, others: 1, helpers: 1 } },
      { at: 3500, values: { cpu: 1, gc: 2, queueDepth: 3 }, stopped: 700, starting: true },
      { at: 4000, values: { cpu: 1, gc: 2, queueDepth: 3 }, cpuWait: { waited: 700, throttled: 0 } },
      { at: 5000, values: { cpu: 1, gc: 2, queueDepth: 3 }, cpuWait: { waited: 1, throttled: 2, pressure: 98 } },
    ]
    for (const sample of samples) ring.push(structuredClone(sample))
    expect(ring.since(0)).toEqual(samples)
  })

  it('gives the samples after a moment', () => {
    const ring = ringOf(10)
    expect(ring.since(7000).map(({ at }) => at)).toEqual([8000, 9000, 10_000])
    expect(ring.since(10_000)).toEqual([])
    expect(ringOf(0).since(0)).toEqual([])
  })

  it('gives the last hour at most, and keeps no more than 3600', () => {
    const minutely = ringOf(200, { interval: 60_000 })
    expect(minutely.since(0).map(({ at }) => at / 60_000)).toEqual(
      Array.from({ length: 60 }, (_, index) => 141 + index),
    )
    const ring = ringOf(10_000)
    const all = ring.since(0)
    expect(all).toHaveLength(3600)
    expect(all.at(-1)?.at).toBe(10_000_000)
    expect(all.every(({ at }, index) => at === (6401 + index) * second)).toBe(true)
  })

  it('answers with less than an hour where samples are many times as wide', () => {
    const metrics = Array.from({ length: 208 }, (_, index) => `metric${index}`)
    const all = ringOf(4000, { metrics }).since(0)
    expect(all.length).toBeGreaterThan(800)
    expect(all.length * 208).toBeLessThan(200_000)
    expect(all.at(-1)).toEqual({ at: 4_000_000, values: valuesOf(metrics, 4000) })
  })

  it('shows 60 samples before a moment and all since, for the longest capture too', () => {
    const ring = ringOf(10_000)
    const around = ring.around(9000 * second)
    expect(around[0]?.at).toBe(8940 * second)
    expect(around).toHaveLength(1061)
    const quick = ringOf(20_000, { interval: 20 })
    expect(quick.around((20_000 - 15_000) * 20)[0]?.at).toBe((5000 - 60) * 20)
    expect(ringOf(5).around(3 * second)).toHaveLength(5)
    expect(ringOf(5).around(99 * second)).toHaveLength(5)
  })

  it('marks a gap, and does not take the samples for lost when the clock is set back', () => {
    const ring = ringOf(3)
    ring.push({ at: 10_000, values: { cpu: 1 } })
    expect(ring.since(9000)).toEqual([{ at: 10_000, values: { cpu: 1 }, gap: 7000 }])
    ring.push({ at: 5000, values: { cpu: 2 } })
    expect(ring.since(4000).map(({ at }) => at)).toEqual([10_000, 5000])
  })
})
