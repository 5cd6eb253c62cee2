import type { CaptureKind } from './capture-kind.js'

/** The number of each rule; `null` turns the rule off. `rules/table` says the rest of each. */
export interface RuleLimits {
  /**
   * Fires when the value is this many percent above the mean of the previous `history` samples; `null` turns it off.
   * @exclusiveMinimum 0
   * @maximum 1000000
   */
  spike: number | null
  /**
   * Fires when the value is at or above it. In the unit of the metric; `null` turns it off.
   * @exclusiveMinimum 0
   * @maximum 9007199254740991
   */
  watermark: number | null
  /**
   * Fires when the memory that survives garbage collection grows so steadily that it would reach the limit within this
   * many milliseconds, however small it still is: `min` does not count here. Only for `heap` and `rss`. `null` turns it off.
   * @multipleOf 1
   * @minimum 60000
   * @maximum 31536000000
   */
  leak: number | null
}

/** When a metric makes the process dump itself. */
export interface Threshold extends RuleLimits {
  /** `false`: the metric is sampled, and nothing fires. @default true */
  enabled: boolean
  /**
   * Below this value neither spike nor watermark fires. In the unit of the metric.
   * @minimum 0
   * @maximum 9007199254740991
   */
  min: number
  /**
   * Milliseconds after a dump of this metric before the next one.
   * @multipleOf 1
   * @minimum 0
   * @maximum 31536000000
   */
  cooldown: number
  /**
   * How many samples in a row must match.
   * @multipleOf 1
   * @minimum 1
   * @maximum 1000
   */
  hold: number
  /**
   * The kinds of evidence to capture.
   * @minItems 1
   * @uniqueItems true
   */
  capture: CaptureKind[]
}

export type Thresholds = Record<string, Threshold>

/**
 * JSON Merge Patch (RFC 7396): metrics by name; fields that are left out stay as they are.
 * @public by its name
 */
export type ThresholdsPatch = Record<string, Partial<Threshold> | null>

export type RuleName = keyof RuleLimits
