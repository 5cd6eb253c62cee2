import type { TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'
import type { Sample } from '../model/sample.js'
import type { RuleName, Thresholds } from '../model/threshold.js'
import type { JudgeSettings } from './judge.js'
import { mayFire } from './may-fire.js'
import { createMetricStates, firingOf, triggerOf } from './metric-states.js'
import { ruleNames, rules } from './table.js'

export interface ReplayOptions extends JudgeSettings {
  thresholds: Thresholds
  /** Milliseconds that the dump of a firing takes: no rule is judged in that time. */
  captureDuration: number
  /** Dumps in any 60 minutes. */
  maxPerHour: number
  /**
   * Indices of samples before which others are missing: the rules' knowledge of the time before says nothing of them.
   */
  gaps?: ReadonlySet<number>
}

/** A sample that would have made a dump. */
export interface Firing extends Pick<TriggerInfo, 'value' | 'mean' | 'threshold' | 'unit' | 'reason'> {
  /** Epoch milliseconds. */
  at: number
  metric: string
  rule: RuleName
  /** Index of the sample in the series. */
  sample: number
  /** The dump would not have happened: `maxPerHour` was used up. */
  limited: boolean
}

export interface Replay {
  samples: number
  /** Epoch milliseconds of the first and the last sample; `null` without samples. */
  from: number | null
  to: number | null
  firings: Firing[]
  /** Dumps by metric and rule, e.g. `{ "cpu-spike": 2 }`. */
  totals: Record<string, number>
  /** The limits of a recorded series, for people. */
  notes: string[]
}

const hour = 3600_000

/**
 * Finds the samples of a recorded series that would have made a dump, and the reason for each. It uses the rules of a
 * running monitor, with one capture at a time, the cooldowns and the quota. Pure.
 *
 * The effect of our own capture on the following values is unknown; as in a running monitor those samples are not
 * judged. Samples recorded during a capture or the start are not judged either. The leak rule is left out: memory after garbage
 * collection is not part of a sample.
 *
 * @param samples oldest first; read more than once
 */
export function replay(samples: Iterable<Sample>, options: ReplayOptions): Replay {
  const steps = replaySteps(samples, options)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Samples between two pauses: some ten milliseconds. */
const stepSize = 1000

/** The same with pauses, for a server that has others to answer. */
export function* replaySteps(samples: Iterable<Sample>, options: ReplayOptions): Generator<undefined, Replay> {
  const { thresholds, captureDuration, maxPerHour, gaps = new Set() } = options
  const { watched, metrics } = mayFire(samples, thresholds, gaps)
  const states = createMetricStates(options)
  const firings: Firing[] = []
  const dumps: number[] = []
  let busyUntil = Number.NEGATIVE_INFINITY
  let recorded = false
  let capturing = false
  let judged: Thresholds = {}
  let index = -1
  let from: number | null = null
  let to: number | null = null

  for (const sample of samples) {
    const { at } = sample
    index++
    if (index % stepSize === stepSize - 1) yield
    if (gaps.has(index)) states.resumed()
    judged = watched.get(index) ?? judged
    const before = to ?? at
    from ??= at
    to = at
    // As in a monitor: the sample in which a capture ends still contains a part of it; then the spike starts anew.
    const simulated = at <= busyUntil || before < busyUntil
    const ended = capturing && at >= busyUntil
    if (ended) capturing = false
    if (ended || (recorded && !sample.capturing)) states.captureEnded()
    recorded = sample.capturing === true
    const decisions = states.judge(judged, sample, {
      capturing: simulated || recorded,
      starting: sample.starting === true,
      collected: false,
      live: {},
      aboveMin: true,
    })
    const [first, ...others] = firingOf(decisions)
    if (!first?.fire) continue

    const limited = dumps.filter(time => time > at - hour).length >= maxPerHour
    const { value, mean, threshold, unit, reason } = triggerOf([first, ...others], thresholds)
    firings.push({
      at,
      metric: first.metric,
      rule: first.fire,
      value,
      mean,
      threshold,
      unit,
      reason,
      sample: index,
      limited,
    })
    if (limited) continue
    dumps.push(at)
    busyUntil = at + captureDuration
    capturing = true
    for (const { metric, fire } of [first, ...others]) if (fire) states.fired(metric, fire, at)
  }

  const totals: Record<string, number> = {}
  for (const { metric, rule, limited } of firings)
    if (!limited) totals[`${metric}-${rule}`] = (totals[`${metric}-${rule}`] ?? 0) + 1
  return {
    samples: index + 1,
    from,
    to,
    firings,
    totals,
    notes: notesOn(metrics, thresholds),
  }
}

function notesOn(seen: ReadonlySet<string>, thresholds: Thresholds): string[] {
  const judged = Object.entries(thresholds).filter(([metric, { enabled }]) => enabled && seen.has(metric))
  const silent = ruleNames.flatMap(rule => {
    const { notReplayed } = rules[rule]
    const metrics = judged.filter(([, threshold]) => threshold[rule] !== null).map(([metric]) => metric)
    return notReplayed && metrics.length > 0
      ? [`${rule}s of ${metrics.join(' and ')} are not replayed: ${notReplayed}`]
      : []
  })
  const unknown = [...seen].filter(metric => !Object.hasOwn(thresholds, metric))
  return [...silent, ...(unknown.length > 0 ? [`there are no thresholds for ${unknown.join(', ')}`] : [])]
}

/**
 * The series as a monitor with a longer interval would have recorded it: for each metric the worst, the mean or the
 * last value, as its table entry says.
 *
 * @param interval milliseconds; an interval that is not longer than that of the series leaves the series unchanged
 */
export function resample(samples: readonly Sample[], interval: number): Sample[] {
  const taken: Sample[] = []
  let bucket: Sample[] = []
  for (const sample of samples) {
    bucket.push(sample)
    // Timers come a little early or late; that must not move a sample into the next interval.
    const since = taken.at(-1)?.at
    if (since !== undefined && sample.at - since < 0.9 * interval) continue
    taken.push(merged(bucket))
    bucket = []
  }
  return taken
}

function merged(bucket: Sample[]): Sample {
  const last = bucket.at(-1) as Sample
  const values = Object.keys(last.values).map((metric): [string, number | null] => {
    const figures = bucket.flatMap(({ values }) => values[metric] ?? [])
    if (figures.length === 0) return [metric, null]
    const { merge } = metricInfo(metric)
    if (merge === 'worst') return [metric, figures.reduce((a, b) => Math.max(a, b))]
    if (merge === 'mean') return [metric, figures.reduce((a, b) => a + b) / figures.length]
    return [metric, last.values[metric] ?? null]
  })
  return {
    at: last.at,
    values: Object.fromEntries(values),
    ...threadsOf(bucket),
    ...(bucket.some(({ capturing }) => capturing) && { capturing: true }),
    ...(bucket.some(({ starting }) => starting) && { starting: true }),
  }
}

/** Where the mean of the CPU time was used, if each sample says it. */
function threadsOf(bucket: readonly Sample[]): Pick<Sample, 'cpuThreads'> {
  const threads = bucket.flatMap(({ cpuThreads }) => cpuThreads ?? [])
  if (threads.length < bucket.length) return {}
  const mean = (of: 'main' | 'others' | 'helpers') =>
    threads.reduce((sum, one) => sum + (one[of] ?? 0), 0) / threads.length
  const isSplit = threads.some(({ helpers }) => helpers !== undefined)
  return { cpuThreads: { main: mean('main'), others: mean('others'), ...(isSplit && { helpers: mean('helpers') }) } }
}
