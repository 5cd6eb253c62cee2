import { metricsThat } from '../model/metric.js'
import type { Thresholds } from '../model/threshold.js'

const telling = metricsThat(({ pilesUp }) => pilesUp)

/** Milliseconds for which one sample is enough, so that a value near its `min` does not switch to and fro. */
const lasting = 10_000

/**
 * Says after each sample whether requests may be piling up: whether one of the metrics that tell so is at its `min` or
 * above, or was a moment ago. That is when rules begin to look at it, too. `at` is of a monotonic clock.
 */
export function createSuspicion(): (
  values: Record<string, number | null>,
  thresholds: Thresholds,
  at: number,
) => boolean {
  let last = Number.NEGATIVE_INFINITY
  return (values, thresholds, at) => {
    const risen = telling.some(metric => {
      const value = values[metric] ?? null
      const threshold = thresholds[metric]
      return value !== null && value > 0 && threshold?.enabled === true && value >= threshold.min
    })
    if (risen) last = at
    // By whatever clock: none may keep it up for longer.
    return Math.abs(at - last) < lasting
  }
}
