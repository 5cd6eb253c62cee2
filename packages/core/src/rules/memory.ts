import type { RuleName } from '../model/threshold.js'
import type { History } from './history.js'
import { risesAnew } from './levels.js'
import { noSpikes, type SpikeMemory } from './spike.js'
import { perRule } from './table.js'
import { dumped, type LiveMemory, noTrend, type Trend } from './trend.js'

/** The state of a rule. */
export interface Progress {
  /** Number of matching samples in a row. */
  readonly streak: number
  /** The time of the sample before the first of them, as `Reading.time`; 0 without any. */
  readonly began: number
  /** Whether the rule had its dump: it waits for the value to fall back before it may fire again. */
  readonly spent: boolean
}

/** The rules' memory of a metric. Never changed in place. */
export interface MetricState {
  /** The last samples, oldest first, without those taken during a capture. */
  readonly history: History
  /**
   * The matching samples of a spike that waits for its `hold`. They stay out of the history until then: the first of
   * them would raise mean and deviation so much that the second no longer matches.
   */
  readonly held: History
  /** The usual values of the metric. */
  readonly spikes: SpikeMemory
  /** Samples seen so far, for `warmup`. */
  readonly seen: number
  /** The time of the last of them, as `Reading.time`. */
  readonly seenAt: number | null
  /** The time of the last dump of this metric, as `Reading.time`. */
  readonly lastFired: number | null
  /** The trend of the memory that stays after garbage collection, for the metrics that have it. */
  readonly trend: Trend
  /** The newest reading in `trend`. */
  readonly live: LiveMemory | null
  readonly rules: Readonly<Record<RuleName, Progress>>
}

export const idle: Progress = { streak: 0, began: 0, spent: false }

/** The samples that match in a row have ended. */
export const interrupted = (progress: Progress): Progress =>
  progress.streak === 0 ? progress : { streak: 0, began: 0, spent: progress.spent }

export function initialState(): MetricState {
  return {
    history: [],
    held: [],
    spikes: noSpikes,
    seen: 0,
    seenAt: null,
    lastFired: null,
    trend: noTrend,
    live: null,
    rules: perRule(() => idle),
  }
}

/**
 * The dump for `rule` was admitted at `time` (as in `Reading`): the cooldown begins, and the rule is spent until the
 * value has fallen back. The other matching rules are spent too: one event, one dump.
 */
export function fired(state: MetricState, rule: RuleName, time: number): MetricState {
  const spend = (name: RuleName): Progress => {
    const progress = state.rules[name]
    return name === rule || progress.streak > 0 ? { ...progress, spent: true } : progress
  }
  return {
    ...state,
    lastFired: time,
    spikes: { ...state.spikes, levels: risesAnew(state.spikes.levels) },
    trend: dumped(state.trend, time),
    rules: perRule(spend),
  }
}

/**
 * A capture of any metric is over. If it moves this metric itself (`moves` in the catalog), a rise right after it tells
 * nothing: the spike waits until the value has fallen back, or until the history has absorbed it, and the trend
 * continues from the level that the capture left.
 */
export function captureEnded(state: MetricState, moves: boolean): MetricState {
  if (!moves) return state
  const others = perRule(name => interrupted(state.rules[name]))
  return {
    ...state,
    spikes: { ...state.spikes, levels: risesAnew(state.spikes.levels) },
    trend: { ...state.trend, disturbed: true },
    rules: { ...others, spike: { streak: 0, began: 0, spent: true } },
  }
}

/** The thresholds of the metric were changed: counts under the old ones are void; the samples stay. */
export function retuned(state: MetricState): MetricState {
  return { ...state, rules: perRule(() => idle) }
}

/** Nothing is known of the time since the last sample: the cooldown goes on, all else is learned anew. */
export const resumed = ({ lastFired }: MetricState): MetricState => ({ ...initialState(), lastFired })
