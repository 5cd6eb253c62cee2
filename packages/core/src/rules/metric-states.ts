import { rounded, withUnit } from '../lib/units.js'
import type { Decision, RuleState, Verdict } from '../model/decision.js'
import type { TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'
import type { Sample } from '../model/sample.js'
import type { RuleName, Threshold, Thresholds } from '../model/threshold.js'
import { belowMinState } from './below-min.js'
import { type JudgeSettings, judge } from './judge.js'
import { apartOf, usualPart, withoutUsual } from './judged-value.js'
import { captureEnded, fired, initialState, type MetricState, resumed, retuned } from './memory.js'
import { rules } from './table.js'
import type { LiveMemory } from './trend.js'

/** The properties of a sample that the rules need beside its values. */
export interface Circumstances {
  /** The time of the sample in milliseconds of a monotonic clock. @default the sample's own */
  now?: number
  /** A capture is in progress or has just ended. */
  capturing: boolean
  /** The program is still starting. @default false */
  starting?: boolean
  /** We have asked for a garbage collection since the last sample. */
  collected: boolean
  /** Memory that stays after garbage collection, for the metrics that have it. */
  live: Record<string, LiveMemory | null>
  /** Decisions on values below `min` are left out: none of them fires. @default false */
  aboveMin?: boolean
}

/** The memory of the rules of all metrics, for any thresholds. No side effects: `replay` uses it too. */
export interface MetricStates {
  judge(thresholds: Thresholds, sample: Sample, circumstances: Circumstances): Decision[]
  /** The rule of that metric has had its dump. */
  fired(metric: string, rule: RuleName, time: number): void
  captureEnded(): void
  /** The thresholds of that metric were changed. */
  retuned(metric: string): void
  /** The next sample is of a later time, of which these samples tell nothing. */
  resumed(): void
}

export function createMetricStates(settings: JudgeSettings): MetricStates {
  const states = new Map<string, MetricState>()
  const stateOf = (metric: string) => states.get(metric) ?? initialState()

  return {
    judge(thresholds, sample, { now = sample.at, capturing, starting, collected, live, aboveMin }) {
      const decisions: Decision[] = []
      for (const metric of Object.keys(thresholds)) {
        const info = metricInfo(metric)
        const threshold = thresholds[metric] as Threshold
        const { unit, moves, lastsAsBlocks } = info
        const usual = info.less ? usualPart(sample.values, metric) : 0
        const apart = apartOf(sample, metric)
        const value = sample.values[metric] ?? null
        // A collection that we asked for costs CPU and delay, like a capture; for memory it is the most honest reading.
        const disturbed = capturing || (collected && moves && !(metric in live))
        const reading = {
          value: value === null ? null : withoutUsual(value, usual),
          at: sample.at,
          time: now,
          capturing: disturbed,
          starting,
          apart,
          waited: sample.cpuWait?.waited ?? 0,
          goesOn: lastsAsBlocks === true && (sample.blockedFor ?? 0) > 0,
          live: live[metric],
        }
        const quiet = aboveMin ? belowMinState(metric, threshold, stateOf(metric), reading, settings) : null
        if (quiet) {
          states.set(metric, quiet)
          continue
        }
        const { state, decision } = judge({ metric, unit }, threshold, stateOf(metric), reading, settings)
        states.set(metric, state)
        decisions.push(explainedApart(explained(decision, usual), apart, threshold.min))
      }
      return decisions
    },
    fired: (metric, rule, time) => void states.set(metric, fired(stateOf(metric), rule, time)),
    captureEnded() {
      for (const [metric, state] of states) states.set(metric, captureEnded(state, metricInfo(metric).moves))
    },
    retuned(metric) {
      const state = states.get(metric)
      if (state) states.set(metric, retuned(state))
    },
    resumed() {
      for (const [metric, state] of states) states.set(metric, resumed(state))
    },
  }
}

const judged = new Set<RuleState>(['quiet', 'holding', 'spent', 'cooling-down', 'firing'])

/** Names the part that the rules have taken off the value. */
function explained(decision: Decision, usual: number): Decision {
  if (usual === 0) return decision
  for (const verdict of Object.values(decision.rules))
    if (judged.has(verdict.state)) verdict.reason += `; ${usual} more ${metricInfo(decision.metric).less?.words}`
  return decision
}

/** Says what the spike rule has taken off a value that it would have looked at. */
function explainedApart(decision: Decision, apart: number, min: number): Decision {
  const { metric, value, unit, rules } = decision
  if (apart === 0 || value === null || value < min || !judged.has(rules.spike.state)) return decision
  rules.spike.reason += `; ${withUnit(rounded(apart), unit)} more ${metricInfo(metric).spikesWithout?.words}`
  return decision
}

/**
 * Rules that fire at the same sample share one cause and one dump, named after the first rule or after a rule that is a
 * cause.
 */
export function firingOf(decisions: Decision[]): Decision[] {
  const isCause = ({ fire }: Decision) => Number(fire !== null && rules[fire].isCause === true)
  return decisions.filter(({ fire }) => fire !== null).sort((a, b) => isCause(b) - isCause(a))
}

/** The reason of a dump, from the firing rules, in the order of `firingOf`. */
export function triggerOf([first, ...others]: [Decision, ...Decision[]], thresholds: Thresholds): TriggerInfo {
  const rule = first.fire as RuleName
  const { metric, value, mean, unit, history } = first
  const figures = ({ reason }: Verdict) => reason.replace(/^fires: /, '')
  const also = others.map(other => `also ${other.metric}: ${figures(other.rules[other.fire as RuleName])}`)
  const reason = [figures(first.rules[rule]), ...also].join('; ')
  const { threshold: line } = first.rules[rule]
  // Below `min` neither spike nor watermark matches, regardless of its line.
  const threshold = line === null ? null : Math.max(line, thresholds[metric]?.min ?? line)
  return { metric, rule, value, mean, threshold, unit, history, reason }
}
