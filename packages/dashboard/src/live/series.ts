import { createMetricSeries, type JudgeSettings, type MetricSeries } from '@autodump/core/rules'
import type { Sample, Threshold } from '../api/types.ts'
import type { Point } from './window.ts'

export interface Series {
  /** The points of all samples: those that were seen before are not judged again. @param samples oldest first */
  of(samples: readonly Sample[]): readonly Point[]
}

/**
 * The verdict of a monitor's own rules on a metric as its samples come in: its moving mean, and the line of a spike.
 */
export function createSeries(metric: string, threshold: Threshold, settings: JudgeSettings): Series {
  let judged: MetricSeries
  let points: Point[] = []
  begin()

  function begin(): void {
    judged = createMetricSeries(metric, threshold, settings)
    points = []
  }

  /** How many of `samples` are known already; `undefined` where they do not go on from there. */
  function knownOf(samples: readonly Sample[]): number | undefined {
    const last = points.at(-1)?.at
    const first = samples[0]?.at
    if (last === undefined || first === undefined) return 0
    const next = samples.findLastIndex(({ at }) => at <= last) + 1
    const start = points.findLastIndex(({ at }) => at <= first)
    const goesOn = points[start]?.at === first && samples[next - 1]?.at === last && points.length - start === next
    return goesOn ? next : undefined
  }

  return {
    of(samples) {
      const known = knownOf(samples)
      if (known === undefined) begin()
      for (const sample of samples.slice(known ?? 0)) {
        const { at, value, mean, spikeLine } = judged.add(sample)
        points.push({ at, value, mean, spikeLine })
      }
      if (points.length > 1.2 * samples.length + 100) points = points.slice(-samples.length)
      return points
    },
  }
}
