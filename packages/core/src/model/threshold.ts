import type { CaptureKind } from './capture-kind.js'

/** When a metric makes the process dump itself. */
export interface Threshold {
  /** @default true */
  enabled: boolean
  /** Below this value neither spike nor watermark fires. In the unit of the metric. */
  min: number
  /** Fires when the value is this many percent above the mean of the previous `history` samples; `null` turns it off. */
  spike: number | null
  /** Fires when the value is at or above it. In the unit of the metric; `null` turns it off. */
  watermark: number | null
  /**
   * Fires when what stays after garbage collection grows so steadily that it would reach the limit within this many
   * milliseconds, however small it still is: `min` does not count here. Only for `heap` and `rss`. `null` turns it off.
   */
  leak: number | null
  /** Milliseconds after a dump of this metric before the next one. */
  cooldown: number
  /** How many samples in a row must match. */
  hold: number
  /** The kinds of evidence to capture. */
  capture: CaptureKind[]
}

export type Thresholds = Record<string, Threshold>

/** In the order of how much they say: a dump is named after the first one that fires. */
export const ruleNames = ['watermark', 'leak', 'spike'] as const

export type RuleName = (typeof ruleNames)[number]
