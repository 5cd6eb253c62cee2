import { type MetricInfo, metricsThat, type Unit } from '../model/metric.js'
import type { RuleLimits, RuleName } from '../model/threshold.js'
import { type Comparison, compareLeak, compareWatermark } from './compare.js'
import { compareSpike, type Recent, type SpikeMemory } from './spike.js'
import type { LiveMemory, Trend } from './trend.js'

/** What a rule may look at beside the value. */
export interface Situation {
  /** The `min` of the threshold. */
  min: number
  unit: Unit
  /** How many samples were seen before this one, and how many it takes before a mean says something. */
  seen: number
  warmup: number
  /** How many of them the history has. */
  known: number
  /** `null` with fewer than two. */
  recent: Recent | null
  spikes: SpikeMemory
  trend: Trend
  /** What stays after garbage collection; `null` as long as there was no full one, `undefined` where nothing tells. */
  live: LiveMemory | null | undefined
}

/** All that monitor, admin API, command line and dashboard have to know of a rule. */
export interface Rule {
  title: string
  /** After its title: when it fires. */
  hint: string
  /** What its number is in. */
  measures: 'unit of the metric' | 'percent' | 'ms'
  /** The number that a metric has where its table says nothing. */
  default: number | null
  /** What the number begins with when it is turned on; `null`: a value above all that was seen. */
  whenOn: number | null
  /** The dump is named after the rule with the lowest, of those that fire for a metric. */
  precedence: number
  /** It goes before what fires for other metrics at the same sample: those are its symptoms. */
  isCause?: true
  /** Of these metrics only. @default all */
  watches?(info: MetricInfo): boolean
  /** Whether it has nothing to look at. */
  isBlind?(situation: Situation): boolean
  /** How a sentence calls the line that the value has crossed; `null` where it is not the value that counts. */
  line: string | null
  /** Whether a value at the line is over it. */
  inclusive: boolean
  /** The episode that its dumps belong to; `null`: that of the metric's family. */
  episode: string | null
  /** Why recorded samples cannot show it, if so. */
  notReplayed?: string
  /** How the value stands, or in words why that cannot be said yet. */
  compare(value: number, limit: number, situation: Situation): Comparison | string
}

/** The rules, in the order in which they are shown. */
export const rules: Readonly<Record<RuleName, Rule>> = {
  spike: {
    title: 'Spike',
    hint: 'fires so far above the mean',
    measures: 'percent',
    default: null,
    whenOn: 50,
    precedence: 2,
    line: 'spike above',
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
    line: 'watermark',
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
    watches: ({ leaks }) => leaks === true,
    isBlind: ({ live }) => live === undefined,
    line: null,
    inclusive: false,
    // Apart from the rest of memory: hours later the watermark says something new.
    episode: 'leak',
    notReplayed: 'samples do not show what stays after garbage collection',
    compare: (_, within, { trend, live }) =>
      live ? compareLeak(within, trend, live) : 'warming up: there has been no full garbage collection yet',
  },
}

const shown = Object.keys(rules) as RuleName[]

/** In the order of how much they say: a dump is named after the first one that fires. */
export const ruleNames: readonly RuleName[] = [...shown].sort((a, b) => rules[a].precedence - rules[b].precedence)

/** What a dump may be named after: a rule, or an event that no rule watches. As they are shown. */
export const triggerNames = [...shown, 'manual', 'crash'] as const

/** One thing for each rule, in the order of `ruleNames`. */
export function perRule<T>(make: (name: RuleName) => T): Record<RuleName, T> {
  const made: Partial<Record<RuleName, T>> = {}
  for (const name of ruleNames) made[name] = make(name)
  return made as Record<RuleName, T>
}

/** The number that each rule has by default, in the order in which they are shown. */
export const ruleDefaults = Object.fromEntries(shown.map(name => [name, rules[name].default])) as unknown as RuleLimits

/** `null` for what is no rule. */
export function ruleOf(name: string): Rule | null {
  return Object.hasOwn(rules, name) ? rules[name as RuleName] : null
}

/** E.g. `only rss and heap are watched for leaks`. */
export function sayWatched(name: RuleName): string {
  const watched = metricsThat(info => rules[name].watches?.(info)).sort()
  return `only ${watched.join(' and ')} are watched for ${name}s`
}
