import type { Unit } from './metric.js'
import type { RuleName } from './threshold.js'

/**
 * Where a rule stands after a sample.
 *
 * - `off`: disabled, or its number is `null`
 * - `no-reading`: the metric has no value
 * - `warming-up`: fewer samples than `warmup` (spike), or no reading of what stays after garbage collection (leak)
 * - `quiet`: looked, and nothing is wrong
 * - `holding`: matches, but not yet for `hold` samples in a row
 * - `cooling-down`: matches, but the last dump of the metric is less than `cooldown` ago
 * - `spent`: matches, and there has been a dump since it began to; waits for the value to fall back
 * - `starting`: not judged, the program has neither listened nor come to rest
 * - `capturing`: not judged, a capture is in progress
 * - `firing`: matches, and a dump is due
 */
export type RuleState =
  | 'off'
  | 'no-reading'
  | 'warming-up'
  | 'quiet'
  | 'holding'
  | 'cooling-down'
  | 'spent'
  | 'starting'
  | 'capturing'
  | 'firing'

/** The value matches, whether or not there is a dump for it. */
export const matchingStates: ReadonlySet<RuleState> = new Set(['holding', 'cooling-down', 'spent', 'firing'])

export interface Verdict {
  state: RuleState
  /** In words and with the numbers that were compared, e.g. `quiet: 31% is below min 40%`. */
  reason: string
  /**
   * The line that the value was compared with, if there was one: the watermark, or what the spike rule made of the mean.
   * A leak has none: it is found by growth.
   */
  threshold: number | null
}

/** The verdict of the rules on one sample of one metric. */
export interface Decision {
  metric: string
  at: number
  value: number | null
  unit: Unit
  /** Mean of `history`; `null` while it is empty. */
  mean: number | null
  /** Sample standard deviation of `history`; `null` with fewer than two samples. */
  deviation: number | null
  /**
   * The samples that this one was compared with, oldest first: those before it, but for the ones that were taken during
   * a capture and those of a spike that is still holding.
   */
  history: number[]
  rules: Record<RuleName, Verdict>
  /** The rule that wants a dump: of several the first of `ruleNames`. */
  fire: RuleName | null
}
