import { AutodumpError } from '../errors.js'
import { metricInfo } from '../metrics/catalog.js'
import type { Sample } from '../metrics/sample.js'
import type { Decision } from '../rules/decision.js'
import {
  captureEnded,
  fired,
  initialState,
  type JudgeSettings,
  judge,
  type MetricState,
  retuned,
} from '../rules/judge.js'
import type { RuleName, Thresholds } from '../rules/threshold.js'
import { patchThresholds, thresholdsEtag } from '../rules/thresholds-patch.js'
import type { LiveMemory } from '../rules/trend.js'

/** What the rules have to know of a sample beside its values. */
export interface Circumstances {
  /** A capture is in progress or has just ended. */
  capturing: boolean
  /** We have asked for a garbage collection since the last sample. */
  collected: boolean
  /** What stays after garbage collection, for the metrics that have it. */
  live: Record<string, LiveMemory | null>
}

/** The rules of all metrics: the thresholds in force, and what each rule remembers. */
export interface MetricRules {
  thresholds(): Thresholds
  /** Of the last sample. */
  decisions(): Decision[]
  decisionOf(metric: string): Decision | undefined
  judge(sample: Sample, circumstances: Circumstances): Decision[]
  /** The rule of that metric has had its dump. */
  fired(metric: string, rule: RuleName, at: number): void
  captureEnded(): void
  /** Throws `INVALID` or `STALE`, and has changed nothing then. */
  retune(patch: unknown, ifMatch?: string): Thresholds
}

export function createMetricRules(start: Thresholds, settings: JudgeSettings): MetricRules {
  let thresholds = start
  let decisions: Decision[] = []
  const states: Record<string, MetricState> = {}
  const stateOf = (metric: string) => states[metric] ?? initialState()

  return {
    thresholds: () => thresholds,
    decisions: () => decisions,
    decisionOf: wanted => decisions.find(({ metric }) => metric === wanted),
    judge(sample, { capturing, collected, live }) {
      decisions = Object.entries(thresholds).map(([metric, threshold]) => {
        const { unit, moves } = metricInfo(metric)
        // A collection that we asked for costs CPU and delay, like a capture; of memory it is the most honest reading.
        const disturbed = capturing || (collected && moves && !(metric in live))
        const reading = {
          value: sample.values[metric] ?? null,
          at: sample.at,
          capturing: disturbed,
          live: live[metric],
        }
        const judged = judge({ metric, unit }, threshold, stateOf(metric), reading, settings)
        states[metric] = judged.state
        return judged.decision
      })
      return decisions
    },
    fired(metric, rule, at) {
      states[metric] = fired(stateOf(metric), rule, at)
    },
    captureEnded() {
      for (const [metric, state] of Object.entries(states))
        states[metric] = captureEnded(state, metricInfo(metric).moves)
    },
    retune(patch, ifMatch) {
      if (ifMatch !== undefined && ifMatch !== thresholdsEtag(thresholds))
        throw new AutodumpError('STALE', 'the thresholds were changed since they were read')
      const next = patchThresholds(thresholds, patch)
      for (const metric of Object.keys(next)) {
        const state = states[metric]
        if (state && JSON.stringify(next[metric]) !== JSON.stringify(thresholds[metric]))
          states[metric] = retuned(state)
      }
      thresholds = next
      return thresholds
    },
  }
}
