import type { RuleState } from '../model/decision.js'
import type { Sample } from '../model/sample.js'
import type { RuleName, Threshold } from '../model/threshold.js'
import type { JudgeSettings } from './judge.js'
import { judgedValue } from './judged-value.js'
import { createMetricStates } from './metric-states.js'

/** The rules' verdict on one sample of a metric, for a chart. */
export interface SeriesPoint {
  /** Epoch milliseconds. */
  at: number
  value: number | null
  /** Mean of the samples that this one was compared with; `null` without one. */
  mean: number | null
  /** The spike rule matches above it; `null` if that rule is off, warming up, or not judged because of a capture. */
  spikeLine: number | null
  /** The state of each rule, and the reason in words. */
  rules: Record<RuleName, { state: RuleState; reason: string }>
}

export interface MetricSeries {
  /** The next sample, in the order of time. */
  add(sample: Sample): SeriesPoint
}

/**
 * A metric as the rules of a running monitor see it, sample by sample, for a monitor that never dumps: no rule is ever
 * spent or cooling down, so that a line and a `firing` mean the same all along the chart. `replay` tells which samples
 * would have been dumped. Leaks are not judged: memory after garbage collection is not part of a sample.
 */
export function createMetricSeries(metric: string, threshold: Threshold, settings: JudgeSettings): MetricSeries {
  const states = createMetricStates(settings)
  let wasCapturing = false
  return {
    add(sample) {
      const capturing = sample.capturing === true
      if (wasCapturing && !capturing) states.captureEnded()
      wasCapturing = capturing
      const [decision] = states.judge({ [metric]: threshold }, sample, { capturing, collected: false, live: {} })
      if (!decision) throw new Error('there is one decision for each threshold')
      const { at, mean, rules } = decision
      const value = judgedValue(sample.values, metric)
      const line = rules.spike.threshold
      return { at, value, mean, spikeLine: line === null ? null : Math.max(line, threshold.min), rules }
    },
  }
}

/** @param samples oldest first */
export function seriesOf(
  samples: readonly Sample[],
  metric: string,
  threshold: Threshold,
  settings: JudgeSettings,
): SeriesPoint[] {
  const series = createMetricSeries(metric, threshold, settings)
  return samples.map(series.add)
}
