import { metricsThat } from '../model/metric.js'
import type { Thresholds } from '../model/threshold.js'
import { judgedValue } from './judged-value.js'

const pileUpMetrics = metricsThat(({ pilesUp }) => pilesUp)

/** One sample is enough for this many milliseconds, so that a value near its `min` does not switch to and fro. */
const goesOnFor = 10_000

/**
 * Tells after each sample whether requests may be piling up: whether one of the metrics for it is at its `min` or
 * above, or was a moment ago. The rules begin to look at it then, too. `at` is of a monotonic clock.
 */
export function createPileUpDetector(): (
  values: Record<string, number | null>,
  thresholds: Thresholds,
  at: number,
) => boolean {
  let last = Number.NEGATIVE_INFINITY
  return (values, thresholds, at) => {
    const risen = pileUpMetrics.some(metric => {
      const value = judgedValue(values, metric)
      const threshold = thresholds[metric]
      return value !== null && value > 0 && threshold?.enabled === true && value >= threshold.min
    })
    if (risen) last = at
    // The limit holds for any clock.
    return Math.abs(at - last) < goesOnFor
  }
}
