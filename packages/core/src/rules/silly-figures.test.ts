import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metricInfo } from '../model/metric.js'
import { feed, times } from '../testing/feed.js'
import { sillyIn } from '../testing/silly.js'
import { defaultThreshold } from './defaults.js'
import { judge } from './judge.js'
import { initialState } from './memory.js'

/** As samples have them: with two decimals at most, from nothing to a full counter of bytes. */
const extreme = fc.oneof(
  fc.constantFrom(0, 0.01, -0.01, 0.02, 1, 99.99, 100, -5, 79.99, 80, 1e5, 7_200_000, 85_899_345_920, 2 ** 53),
  fc.double({ min: -100, max: 1e12, noNaN: true }).map(value => Math.round(value * 100) / 100),
)

const settings = { history: 10, warmup: 10 }

describe('the figures of a reason', () => {
  it('say a rise from near nothing as people do', () => {
    const risen = (before: number, now: number, spike = 25) => {
      const metric = feed({ min: 0, spike, watermark: null })
      metric.all(times(10, before))
      return metric.one(now).rules.spike.reason.replace(/ of 10 samples.*/, '')
    }
    expect(risen(40, 81)).toBe('fires: 81% is 102% above the mean 40%')
    expect(risen(8, 81)).toBe('fires: 81% is 913% above the mean 8%')
    expect(risen(0.1, 81)).toBe('fires: 81% is 810 times the mean 0.1%')
    expect(risen(2, 81)).toBe('fires: 81% is 40.5 times the mean 2%')
    expect(risen(0.01, 81)).toBe('fires: 81% is far above the mean 0.01%')
    expect(risen(0, 81)).toBe('fires: 81% is above the mean 0%')
    // Beside so high a line its own unit is the one to compare.
    expect(risen(2, 81, 3000)).toBe('fires: 81% is 3950% above the mean 2%')
  })

  it('are none that a person would stumble over, whatever the metric does', () => {
    const metrics = fc.constantFrom('cpu', 'eventLoopDelay', 'inFlight', 'gc', 'requestAge', 'queueBytes')
    const rule = fc.record({ min: extreme, spike: fc.constantFrom(10, 25, 100, 1000), watermark: extreme })
    const life = fc
      .array(extreme, { minLength: 1, maxLength: 12 })
      .map(levels => [...levels.flatMap(level => Array.from({ length: 3 }, () => level)), ...levels])
    fc.assert(
      fc.property(metrics, rule, life, (metric, limits, values) => {
        const threshold = { ...defaultThreshold(metric), ...limits }
        const about = { metric, unit: metricInfo(metric).unit }
        // No machine has more than 64 cores here.
        const scaled = about.unit === 'percent' ? values.map(value => value % 6400) : values
        let state = initialState()
        scaled.forEach((value, index) => {
          const reading = { value, at: 1_000_000 + 1000 * index, capturing: false }
          const { decision, state: next } = judge(about, threshold, state, reading, settings)
          state = next
          for (const { reason } of Object.values(decision.rules)) expect(sillyIn(reason)).toBe(null)
        })
      }),
      { seed: 11, numRuns: 300 },
    )
  })
})
