import type { CaptureSwitches } from '../model/capture-kind.js'
import type { Decision } from '../model/decision.js'
import type { Sample } from '../model/sample.js'
import type { RuleName, Thresholds } from '../model/threshold.js'
import { changeThresholds } from '../options/thresholds-patch.js'
import type { JudgeSettings } from '../rules/judge.js'
import { type Circumstances, createMetricStates } from '../rules/metric-states.js'

/** The rules of all metrics: the current thresholds, and the state of each rule. */
export interface MetricRules {
  thresholds(): Thresholds
  /** The decisions of the last sample. */
  decisions(): Decision[]
  decisionOf(metric: string): Decision | undefined
  judge(sample: Sample, circumstances: Circumstances): Decision[]
  /** The rule of that metric has had its dump, at a time of the clock of `Circumstances.now`. */
  fired(metric: string, rule: RuleName, time: number): void
  captureEnded(): void
  /** Throws `INVALID` or `STALE`, and then changes nothing. */
  retune(patch: unknown, ifMatch?: string): Thresholds
}

export function createMetricRules(
  start: Thresholds,
  settings: JudgeSettings & { captures: CaptureSwitches },
): MetricRules {
  let thresholds = start
  let decisions: Decision[] = []
  const states = createMetricStates(settings)

  return {
    thresholds: () => thresholds,
    decisions: () => decisions,
    decisionOf: wanted => decisions.find(({ metric }) => metric === wanted),
    judge(sample, circumstances) {
      decisions = states.judge(thresholds, sample, circumstances)
      return decisions
    },
    fired: states.fired,
    captureEnded: states.captureEnded,
    retune(patch, ifMatch) {
      const next = changeThresholds(thresholds, patch, { ifMatch, switches: settings.captures })
      for (const metric of Object.keys(next))
        if (JSON.stringify(next[metric]) !== JSON.stringify(thresholds[metric])) states.retuned(metric)
      thresholds = next
      return thresholds
    },
  }
}
