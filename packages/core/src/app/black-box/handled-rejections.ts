import { monotonic } from '../../lib/clock/monotonic.js'
import { aftermath } from '../../model/run.js'

/** Milliseconds between two that are written down: an app may log thousands of rejections and live on. */
const rest = 1000

interface Moment {
  at: number
  steady: number
}

/** The rejections that the app handles: the first of a second is written down, and the last one when the process exits. */
export function createHandledRejections(put: (at: Moment, reason: unknown) => boolean) {
  let last: { at: Moment; reason: unknown } | undefined
  let writtenAt = Number.NEGATIVE_INFINITY
  let ignoredUntil = Number.NEGATIVE_INFINITY
  function flush(): void {
    if (!last || !put(last.at, last.reason)) return
    writtenAt = last.at.steady
    last = undefined
  }
  return {
    hear(at: Moment, reason: unknown): void {
      if (at.steady < ignoredUntil) return
      last = { at, reason }
      if (at.steady - writtenAt >= rest) flush()
    },
    flush,
    /** There was an exception, which says more. */
    ignore(): void {
      last = undefined
      ignoredUntil = monotonic() + aftermath
    },
  }
}
