import { monotonic } from '../lib/clock/monotonic.js'
import type { Threshold } from '../model/threshold.js'

export interface EarlySampleParts {
  /** Milliseconds by which the app thread is overdue right now, without the times in which the process stood still. */
  overdue(): number
  /** Of the delay of the event loop; absent where nobody judges it. */
  threshold(): Threshold | undefined
  /** Whether the watermark of that delay would fire now. */
  isArmed(): boolean
  take(): void
  now?: () => number
}

export interface EarlySample {
  /** Call it often: takes a sample if the app thread has passed the watermark since the last one. */
  look(): void
  /** A sample was taken. */
  sampled(): void
}

/**
 * Monitor thread: a block that passes the watermark between two samples does not wait for the next one. That one would
 * see the same delay and fire, so no more dumps are made, only sooner.
 */
export function createEarlySample({
  overdue,
  threshold,
  isArmed,
  take,
  now = monotonic,
}: EarlySampleParts): EarlySample {
  let last = now()
  return {
    look() {
      const rule = threshold()
      // With `hold` the rule counts samples.
      if (!rule?.enabled || rule.watermark === null || rule.hold > 1) return
      const late = overdue()
      const line = Math.max(rule.min, rule.watermark)
      const wasPassed = late - (now() - last) >= line
      if (late >= line && !wasPassed && isArmed()) take()
    },
    sampled() {
      last = now()
    },
  }
}
