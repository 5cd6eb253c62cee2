import { timeLeft } from '../lib/units.js'
import type { Decision, Verdict } from '../model/decision.js'
import { metricInfo, type Unit } from '../model/metric.js'
import type { RuleName, Threshold } from '../model/threshold.js'
import type { Comparison } from './compare.js'
import { append, deviationOf, type History, meanOf } from './history.js'
import { risesAnew } from './levels.js'
import { learnSample, noSpikes, type Recent, type SpikeMemory } from './spike.js'
import { perRule, ruleNames, rules, type Situation, sayWatched } from './table.js'
import { dumped, type LiveMemory, noTrend, observe, type Trend } from './trend.js'

/** How far a rule has come. */
interface Progress {
  /** How many samples in a row have matched. */
  readonly streak: number
  /** It has had its dump: it waits for the value to fall back before it may fire again. */
  readonly spent: boolean
}

/** All that the rules remember of a metric. Never changed in place. */
export interface MetricState {
  /** The last samples, oldest first; none that was taken during a capture. */
  readonly history: History
  /**
   * The matching samples of a spike that waits for its `hold`. They stay out of the history until then: the first of
   * them would raise mean and deviation so much that the second no longer matches.
   */
  readonly held: History
  /** What is usual for it. */
  readonly spikes: SpikeMemory
  /** Samples seen so far, for `warmup`. */
  readonly seen: number
  /** When the last dump of this metric was, as `Reading.time`. */
  readonly lastFired: number | null
  /** Of what stays after garbage collection, for the metrics that have it. */
  readonly trend: Trend
  /** The newest of the readings that `trend` is made of. */
  readonly live: LiveMemory | null
  readonly rules: Readonly<Record<RuleName, Progress>>
}

/** One reading of a metric, as the rules see it. */
export interface Reading {
  /** `null`, `NaN` and infinities are no reading. */
  value: number | null
  /** Epoch milliseconds: what is shown. */
  at: number
  /** Milliseconds of a clock that nobody sets, for all that takes time. @default at, in a series that was recorded */
  time?: number
  /**
   * A capture is in progress (or has just ended), or we asked for a garbage collection: the value says more about us than
   * about the app.
   */
  capturing: boolean
  /** What stays after garbage collection: `null` where this sample has no news of it, left out where that makes no sense. */
  live?: LiveMemory | null
}

export interface JudgeSettings {
  /** How many samples the mean is made of. */
  history: number
  /** How many samples must be in before a spike may fire. */
  warmup: number
}

const idle: Progress = { streak: 0, spent: false }

export function initialState(): MetricState {
  return {
    history: [],
    held: [],
    spikes: noSpikes,
    seen: 0,
    lastFired: null,
    trend: noTrend,
    live: null,
    rules: perRule(() => idle),
  }
}

/**
 * Holds one reading of a metric against its thresholds. Pure: the state that comes back replaces the one that went in,
 * and the decision shares nothing with either. Whether a dump that is due may be made is for the caller to say; it calls
 * `fired` if so, and otherwise the rule asks again with the next sample that matches.
 *
 * A reading that is missing or falls into a capture leaves everything as it was, as if it had not been taken.
 */
export function judge(
  { metric, unit }: { metric: string; unit: Unit },
  threshold: Threshold,
  state: MetricState,
  reading: Reading,
  settings: JudgeSettings,
): { state: MetricState; decision: Decision } {
  const { at, time = at, capturing } = reading
  const value = reading.value !== null && Number.isFinite(reading.value) ? reading.value : null
  // The streak is over, so what it held back is history now.
  const over = state.rules.spike.streak === 0 && state.held.length > 0
  const history = over ? append(state.history, state.held, settings.history) : state.history
  const held = over ? [] : state.held
  const mean = meanOf(history)
  const deviation = deviationOf(history, mean)
  const recent: Recent | null =
    mean === null || deviation === null
      ? null
      : {
          history,
          mean,
          deviation,
          size: settings.history,
          sample: state.seen,
          at: time,
          climbs: !metricInfo(metric).leaks,
        }
  // In a recorded series the clock may have been set back. That starts the cooldown anew: it neither lasts for hours more,
  // nor ends at once.
  const lastFired = state.lastFired === null ? null : Math.min(state.lastFired, time)
  const cooling = lastFired === null ? 0 : lastFired + threshold.cooldown - time

  const fresh = value !== null && !capturing && reading.live ? reading.live : null
  const trend = fresh ? observe(state.trend, fresh, time) : state.trend
  const live = fresh ?? state.live

  const { seen, spikes } = state
  const { min } = threshold
  const situation: Situation = {
    ...{ min, unit, seen, warmup: settings.warmup, known: history.length },
    ...{ recent, spikes, trend, live: reading.live === undefined ? undefined : live },
  }
  let returned = false
  const judgeRule = (name: RuleName): Step => {
    const limit = threshold[name]
    if (!threshold.enabled) return unjudged('off', 'off: the metric is disabled', idle)
    if (rules[name].isBlind?.(situation)) return unjudged('off', `off: ${sayWatched(name)}`, idle)
    if (limit === null) return unjudged('off', `off: no ${name} is set`, idle)
    const before = state.rules[name]
    if (value === null) return unjudged('no-reading', 'no reading: the metric has no value', before)
    if (capturing) return unjudged('capturing', 'capturing: not judged while a capture is in progress', before)
    const comparison = rules[name].compare(value, limit, situation)
    if (typeof comparison === 'string') return unjudged('warming-up', comparison, { ...before, streak: 0 })
    returned ||= comparison.returned === true
    return settle(comparison, before, threshold, cooling)
  }
  const steps = perRule(judgeRule)

  const decision: Decision = {
    metric,
    at,
    value,
    unit,
    mean,
    deviation,
    history: history.slice(),
    rules: perRule(name => steps[name].verdict),
    fire: null,
  }
  decision.fire = ruleNames.find(name => decision.rules[name].state === 'firing') ?? null
  const progress = perRule(name => steps[name].progress)
  if (value === null || capturing) return { state: { ...state, history, held, lastFired, rules: progress }, decision }

  const holding = steps.spike.verdict.state === 'holding'
  const { streak } = progress.spike
  const lesson = { spike: streak > 0, returned, held: streak >= threshold.hold }
  const next = {
    spikes: recent ? learnSample(spikes, value, recent, lesson) : spikes,
    history: holding ? history : append(history, [...held, value], settings.history),
    held: holding ? [...held, value] : [],
    seen: seen + 1,
    lastFired,
    trend,
    live,
    rules: progress,
  }
  return { state: next, decision }
}

/**
 * The dump that `rule` asked for was admitted at `time` (as in `Reading`): the cooldown begins, and the rule is spent until
 * the value has fallen back. So are the others that match too: one event, one dump.
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
 * A capture, of whatever metric, is over. Where it moves this metric itself (`moves` in the catalog), a rise right
 * after it says nothing: the spike waits until the value has been seen back, or until the history has absorbed it, and
 * the trend goes on from where the capture left it.
 */
export function captureEnded(state: MetricState, moves: boolean): MetricState {
  if (!moves) return state
  const interrupted = perRule(name => ({ ...state.rules[name], streak: 0 }))
  return {
    ...state,
    spikes: { ...state.spikes, levels: risesAnew(state.spikes.levels) },
    trend: { ...state.trend, disturbed: true },
    rules: { ...interrupted, spike: { streak: 0, spent: true } },
  }
}

/** The thresholds of the metric were changed: what was counted under the old ones is void; what was seen stays. */
export function retuned(state: MetricState): MetricState {
  return { ...state, rules: perRule(() => idle) }
}

interface Step {
  verdict: Verdict
  progress: Progress
}

const unjudged = (state: Verdict['state'], reason: string, progress: Progress): Step => ({
  verdict: { state, reason, threshold: null },
  progress,
})

/** From whether the value matches to what the rule does about it. */
function settle(
  { matches, line, words, fallenBack = true, usual = null }: Comparison,
  before: Progress,
  threshold: Threshold,
  cooling: number,
): Step {
  const { hold, cooldown } = threshold
  const verdict = (state: Verdict['state'], reason: string): Verdict => ({ state, reason, threshold: line })
  if (!matches)
    return {
      verdict: verdict('quiet', `quiet: ${words}`),
      progress: fallenBack ? idle : { streak: 0, spent: before.spent },
    }

  const streak = before.streak + 1
  const progress = { streak, spent: before.spent }
  if (before.spent)
    return { verdict: verdict('spent', `spent: ${words}, and has not fallen back since the last capture`), progress }
  if (streak < hold)
    return { verdict: verdict('holding', `holding: ${words}, ${streak} of ${hold} samples in a row`), progress }
  if (usual !== null) return { verdict: verdict('quiet', `quiet: ${words}, ${usual}`), progress }
  if (cooling > 0) {
    const left = `${timeLeft(cooling)} left of the ${timeLeft(cooldown)} after a dump`
    return { verdict: verdict('cooling-down', `cooling down: ${words}, ${left}`), progress }
  }
  return { verdict: verdict('firing', `fires: ${words}`), progress }
}
