import type { CaptureKind } from './capture-kind.js'

/** The number of each rule; `null` turns the rule off. `rules/table` says the rest of each. */
export interface RuleLimits {
  /** Fires when the value is this many percent above the mean of the previous `history` samples. */
  spike: number | null
  /** Fires when the value is at or above it. In the unit of the metric. */
  watermark: number | null
  /**
   * Fires when what stays after garbage collection grows so steadily that it would reach the limit within this many
   * milliseconds, however small it still is: `min` does not count here. Only for `heap` and `rss`.
   */
  leak: number | null
}

/** When a metric makes the process dump itself. */
export interface Threshold extends RuleLimits {
  /** @default true */
  enabled: boolean
  /** Below this value neither spike nor watermark fires. In the unit of the metric. */
  min: number
  /** Milliseconds after a dump of this metric before the next one. */
  cooldown: number
  /** How many samples in a row must match. */
  hold: number
  /** The kinds of evidence to capture. */
  capture: CaptureKind[]
}

export type Thresholds = Record<string, Threshold>

export type RuleName = keyof RuleLimits
