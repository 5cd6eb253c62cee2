import type { Unit } from '../lib/units.js'
import type { CaptureKind } from './capture-kind.js'
import type { Threshold } from './threshold.js'

/**
 * The description of a metric, apart from its readings: all that rules, sentences, admin API and dashboard have to know
 * of it.
 */
export interface MetricInfo {
  unit: Unit
  /** As a heading. */
  title: string
  /** In a sentence. */
  inSentence: string
  /** Its words in a headline, with `{}` for the figure. */
  inHeadline: string
  /** Beside its figure in a list of all metrics. @default inSentence */
  inList?: string
  /** Whether a capture of our own moves it, so that a rise right after one says nothing. */
  moves: boolean
  /** Metrics of one family go wrong together: their dumps are one episode, which has one message. `null`: it is alone. */
  family: string | null
  /** The kinds of evidence that say most about it: the sentence begins with them, and the dashboard shows them first. */
  leading: readonly CaptureKind[]
  /** The thresholds that it has unless told otherwise, where they are not those of every metric. */
  threshold: Partial<Threshold>
  /** The figure of a longer interval from its samples: the worst, the mean or the last of them. @default 'last' */
  merge?: 'worst' | 'mean' | 'last'
  /** It rises when requests pile up behind something. */
  pilesUp?: true
  /** While the event loop is blocked, its value is how long that has lasted. */
  lastsAsBlocks?: true
  /** At its limit the process dies or fails, whatever it does: its watermark is judged while the program starts too. */
  fatal?: true
  /** The metrics that its rules take off it, because that part is no sign of trouble, and what it does, in words. */
  less?: { metrics: readonly string[]; words: string }
  /**
   * A process that is nearly idle loses nothing by a short rise: from a mean below `from` to less than `to` (and to no
   * more time of waiting for a CPU), it is a spike only if it goes on for `ms` milliseconds. Whoever sets `min` below `from` wants to know of small ones.
   */
  shortRises?: { from: number; to: number; ms: number }
  /** The spike rule takes V8's helper threads off it, and what they do, in words. */
  spikesWithout?: { helpers: true; words: string }
  /** Every process of the container has the same reading, so that one of them speaks for all. */
  ofContainer?: true
  /** What stays of it after garbage collection is known, so that the leak rule can watch it. */
  leaks?: true
}
