import { duration, timeLeft } from '../lib/units.js'
import type { Decision, Verdict } from '../model/decision.js'
import { metricInfo, type Unit } from '../model/metric.js'
import type { MetricInfo } from '../model/metric-info.js'
import type { RuleName, Threshold } from '../model/threshold.js'
import type { Comparison } from './compare.js'
import { append, appendOne, deviationOf, type History, meanOf } from './history.js'
import { withoutUsual } from './judged-value.js'
import { idle, interrupted, type MetricState, type Progress } from './memory.js'
import { learnSample, type Recent } from './spike.js'
import { perRule, ruleNames, rules, type Situation, sayWatched } from './table.js'
import { type LiveMemory, observe } from './trend.js'

/** One reading of a metric, as the rules see it. */
export interface Reading {
  /** `null`, `NaN` and infinities do not count as readings. */
  value: number | null
  /** Epoch milliseconds: the time to show. */
  at: number
  /** Milliseconds of a monotonic clock, for all durations. @default at, in a series that was recorded */
  time?: number
  /**
   * A capture is in progress (or has just ended), or we asked for a garbage collection: the value tells more about us
   * than about the app.
   */
  capturing: boolean
  /** The program is still starting: only what kills it counts. @default false */
  starting?: boolean
  /** The part of the value that tells nothing about a spike. @default 0 */
  apart?: number
  /** Milliseconds since the sample before in which the app waited for a CPU: it would have used it. @default 0 */
  waited?: number
  /** The value grows with the time that something takes which is not over yet. @default false */
  goesOn?: boolean
  /**
   * Memory that stays after garbage collection: `null` if this sample has no news of it, absent if the metric has none.
   */
  live?: LiveMemory | null
}

export interface JudgeSettings {
  /** Number of samples in the mean. */
  history: number
  /** Least number of samples before a spike may fire. */
  warmup: number
}

/**
 * Judges one reading of a metric by its thresholds. Pure: the returned state replaces the given one, and the decision
 * shares nothing with either. The caller decides whether a due dump may run; if so it calls `fired`, and otherwise the
 * rule asks again with the next matching sample.
 *
 * A missing reading, or one during a capture or the start, leaves everything unchanged, as if it had not been taken.
 */
export function judge(
  { metric, unit }: { metric: string; unit: Unit },
  threshold: Threshold,
  state: MetricState,
  reading: Reading,
  settings: JudgeSettings,
): { state: MetricState; decision: Decision } {
  const { at, time = at, capturing, starting = false, apart = 0, waited = 0, goesOn = false } = reading
  const info = metricInfo(metric)
  /** The value says nothing about later ones. */
  const passing = capturing || starting
  const value = reading.value !== null && Number.isFinite(reading.value) ? reading.value : null
  /** What a spike is made of. */
  const risen = value === null ? null : withoutUsual(value, apart)
  // The streak is over: its held-back samples join the history now.
  const over = state.rules.spike.streak === 0 && state.held.length > 0
  const history = over ? append(state.history, state.held, settings.history) : state.history
  const held = over ? none : state.held
  const recent = recentOf(history, state, info, { time, waited, size: settings.history })
  const lastFired = lastFiredAt(state, time)
  const cooling = lastFired === null ? 0 : lastFired + threshold.cooldown - time

  const fresh = value !== null && !passing && reading.live ? reading.live : null
  const trend = fresh ? observe(state.trend, fresh, time) : state.trend
  const live = fresh ?? state.live

  const { seen, spikes } = state
  const { min } = threshold
  // One literal here and below, in one order of fields: this runs for each metric at each sample, and V8 builds objects
  // of spread ones many times slower.
  const situation: Situation = {
    min,
    unit,
    seen,
    warmup: settings.warmup,
    known: history.length,
    recent,
    spikes,
    trend,
    live: reading.live === undefined ? undefined : live,
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
    if (starting && !(rules[name].atStart && info.fatal))
      return unjudged('starting', 'starting: not judged until the program listens or comes to rest', before)
    // A block that had its dump at the watermark is none the newer for lasting longer.
    if (goesOn && name === 'spike' && state.rules.watermark.spent)
      return unjudged('spent', 'spent: what had its dump still goes on', interrupted(before))
    const comparison = rules[name].compare(name === 'spike' ? (risen as number) : value, limit, situation)
    if (typeof comparison === 'string') return unjudged('warming-up', comparison, interrupted(before))
    returned ||= comparison.returned === true
    return settle(comparison, before, threshold, cooling, { time, before: state.seenAt ?? time })
  }
  const steps = perRule(judgeRule)

  const decision: Decision = {
    metric,
    at,
    value,
    unit,
    mean: recent?.mean ?? meanOf(history),
    deviation: recent?.deviation ?? null,
    history: history.slice(),
    rules: perRule(name => steps[name].verdict),
    fire: null,
  }
  decision.fire = ruleNames.find(name => decision.rules[name].state === 'firing') ?? null
  if (decision.fire === 'spike') decision.value = risen
  const progress = perRule(name => steps[name].progress)
  if (risen === null || passing) {
    const { seenAt, trend, live } = state
    return { state: { history, held, spikes, seen, seenAt, lastFired, trend, live, rules: progress }, decision }
  }

  const holding = steps.spike.verdict.state === 'holding'
  const { streak } = progress.spike
  const lesson = { spike: streak > 0, returned, held: streak >= threshold.hold && !holding }
  const known = held.length > 0 && !holding ? append(history, held, settings.history) : history
  const next = {
    history: holding ? history : appendOne(known, risen, settings.history),
    held: holding ? [...held, risen] : none,
    spikes: recent ? learnSample(spikes, risen, recent, lesson) : spikes,
    seen: seen + 1,
    seenAt: time,
    lastFired,
    trend,
    live,
    rules: progress,
  }
  return { state: next, decision }
}

const none: History = []

/**
 * The clock of a recorded series may have been set back. That restarts the cooldown: it neither lasts for hours more nor
 * ends at once.
 */
export const lastFiredAt = ({ lastFired }: MetricState, time: number) =>
  lastFired === null ? null : Math.min(lastFired, time)

/** The samples just before the judged one; `null` with fewer than two. */
export function recentOf(
  history: History,
  { seen, seenAt }: MetricState,
  { leaks, shortRises }: MetricInfo,
  { time, waited, size }: { time: number; waited: number; size: number },
): Recent | null {
  const mean = meanOf(history)
  const deviation = deviationOf(history, mean)
  if (mean === null || deviation === null) return null
  const unmet = seenAt === null || time <= seenAt ? 0 : (100 * waited) / (time - seenAt)
  return { history, mean, deviation, size, sample: seen, at: time, climbs: !leaks, shortRises, unmet }
}

interface Step {
  verdict: Verdict
  progress: Progress
}

const unjudged = (state: Verdict['state'], reason: string, progress: Progress): Step => ({
  verdict: { state, reason, threshold: null },
  progress,
})

/** A sample may come a little early. */
const early = 0.95

/** Turns the match of a value into the action of the rule. */
function settle(
  { matches, line, words, fallenBack = true, usual = null, lasts = null }: Comparison,
  before: Progress,
  threshold: Threshold,
  cooling: number,
  { time, before: last }: { time: number; before: number },
): Step {
  const { hold, cooldown } = threshold
  const verdict = (state: Verdict['state'], reason: string): Verdict => ({ state, reason, threshold: line })
  if (!matches)
    return {
      verdict: verdict('quiet', `quiet: ${words}`),
      progress: fallenBack ? idle : interrupted(before),
    }

  const streak = before.streak + 1
  const began = before.streak === 0 ? last : before.began
  const progress = { streak, began, spent: before.spent }
  if (before.spent)
    return { verdict: verdict('spent', `spent: ${words}, and has not fallen back since the last capture`), progress }
  if (streak < hold)
    return { verdict: verdict('holding', `holding: ${words}, ${streak} of ${hold} samples in a row`), progress }
  // A recorded clock may have been set back.
  const lasted = Math.abs(time - began)
  if (lasts !== null && lasted < early * lasts.ms) {
    const soFar = `${duration(lasted)} of the ${duration(lasts.ms)} that ${lasts.what} must last`
    return { verdict: verdict('holding', `holding: ${words}, ${soFar}`), progress }
  }
  if (usual !== null) return { verdict: verdict('quiet', `quiet: ${words}, ${usual}`), progress }
  if (cooling > 0) {
    const left = `${timeLeft(cooling)} left of the ${timeLeft(cooldown)} after a dump`
    return { verdict: verdict('cooling-down', `cooling down: ${words}, ${left}`), progress }
  }
  return { verdict: verdict('firing', `fires: ${words}`), progress }
}
