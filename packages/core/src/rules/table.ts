import { metricsThat, type Unit } from '../model/metric.js'
import type { MetricInfo } from '../model/metric-info.js'
import type { RuleLimits, RuleName } from '../model/threshold.js'
import { type Comparison, compareLeak, compareWatermark } from './compare.js'
import { compareSpike, type Recent, type SpikeMemory } from './spike.js'
import type { LiveMemory, Trend } from './trend.js'

/** The inputs of a rule beside the value. */
export interface Situation {
  /** The `min` of the threshold. */
  min: number
  unit: Unit
  /** The number of samples before this one, and the number needed before a mean is meaningful. */
  seen: number
  warmup: number
  /** The number of them in the history. */
  known: number
  /** `null` with fewer than two. */
  recent: Recent | null
  spikes: SpikeMemory
  trend: Trend
  /**
   * Memory that stays after garbage collection; `null` before the first full collection, `undefined` if the metric has
   * none.
   */
  live: LiveMemory | null | undefined
}

/** The full description of a rule for monitor, admin API, command line and dashboard. */
export interface Rule {
  title: string
  /** The text after its title: when it fires. */
  hint: string
  /** The unit of its number. */
  measures: 'unit of the metric' | 'percent' | 'ms'
  /** The number for a metric whose table entry sets none. */
  default: number | null
  /** The initial number when it is turned on; `null`: a value above all values seen. */
  whenOn: number | null
  /** Of the rules that fire for a metric, the one with the lowest number names the dump. */
  precedence: number
  /** Whether it goes before rules of other metrics that fire at the same sample: those are its symptoms. */
  isCause?: true
  /** Whether it is judged while the program starts, for the metrics that are fatal. */
  atStart?: true
  /** Whether it fires long before the limit, while there is time for evidence that is dear. */
  isEarly?: true
  /** The only metrics that it applies to. @default all */
  watches?(info: MetricInfo): boolean
  /** Whether it lacks its input. */
  isBlind?(situation: Situation): boolean
  /** The name of the crossed line in a sentence; `null` if the rule does not compare the value. */
  line: string | null
  /** The name of the trouble in a headline; `null`: the metric and its value. */
  inHeadline: string | null
  /** Whether a value at the line is over it. */
  inclusive: boolean
  /** The episode of its dumps; `null`: that of the metric's family. */
  episode: string | null
  /** Why recorded samples cannot show it, if they cannot. */
  notReplayed?: string
  /** The comparison of the value, or in words why there is none yet. */
  compare(value: number, limit: number, situation: Situation): Comparison | string
}

/** The rules, in display order. */
export const rules: Readonly<Record<RuleName, Rule>> = {
  spike: {
    title: 'Spike',
    hint: 'fires this far above the mean',
    measures: 'percent',
    default: null,
    whenOn: 50,
    precedence: 2,
    line: 'spike above',
    inHeadline: null,
    inclusive: false,
    episode: null,
    compare(value, limit, { min, unit, seen, warmup, known, recent, spikes }) {
      if (seen < warmup) return `warming up: ${seen} of ${warmup} samples`
      if (recent === null) return `warming up: ${known} of 2 samples for a mean`
      return compareSpike(value, min, limit, recent, spikes, unit)
    },
  },
  watermark: {
    title: 'Watermark',
    hint: 'fires at or above it',
    measures: 'unit of the metric',
    default: null,
    whenOn: null,
    precedence: 0,
    atStart: true,
    line: 'watermark',
    inHeadline: null,
    inclusive: true,
    episode: null,
    compare: (value, limit, { min, unit }) => compareWatermark(value, min, limit, unit),
  },
  leak: {
    title: 'Leak',
    hint: 'fires when growth would reach the limit within',
    measures: 'ms',
    default: null,
    whenOn: 4 * 3600_000,
    precedence: 1,
    isCause: true,
    isEarly: true,
    watches: ({ leaks }) => leaks === true,
    isBlind: ({ live }) => live === undefined,
    line: null,
    inHeadline: 'Memory leak',
    inclusive: false,
    // Apart from the rest of memory: hours later the watermark adds something new.
    episode: 'leak',
    notReplayed: 'samples do not show what stays after garbage collection',
    compare: (_, within, { trend, live }) =>
      live ? compareLeak(within, trend, live) : 'warming up: there has been no full garbage collection yet',
  },
}

const shown = Object.keys(rules) as RuleName[]

/** The most telling first: a dump is named after the first one that fires. */
export const ruleNames: readonly RuleName[] = [...shown].sort((a, b) => rules[a].precedence - rules[b].precedence)

/** The possible names of a dump: a rule, or an event that no rule watches. In display order. */
export const triggerNames = [...shown, 'manual', 'crash'] as const

/** One thing for each rule, in the order of `ruleNames`. */
export function perRule<T>(make: (name: RuleName) => T): Record<RuleName, T> {
  // A literal, since each sample makes several of them for each metric. A test compares the order.
  return { watermark: make('watermark'), leak: make('leak'), spike: make('spike') }
}

/** The default number of each rule, in display order. */
export const ruleDefaults = Object.fromEntries(shown.map(name => [name, rules[name].default])) as unknown as RuleLimits

/** `null` if the name is not a rule. */
export function ruleOf(name: string): Rule | null {
  return Object.hasOwn(rules, name) ? rules[name as RuleName] : null
}

/** E.g. `only rss and heap are watched for leaks`. */
export const sayWatched = (name: RuleName): string => watched[name]

const watched = perRule(name => {
  const metrics = metricsThat(info => rules[name].watches?.(info)).sort()
  return `only ${metrics.join(' and ')} are watched for ${name}s`
})
