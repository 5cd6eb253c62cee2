import { monotonic } from '../../lib/clock/monotonic.js'
import type { CaptureKind } from '../../model/capture-kind.js'
import type { Decision } from '../../model/decision.js'
import type { TriggerInfo } from '../../model/manifest.js'
import type { Threshold } from '../../model/threshold.js'
import { initialNearLimit, judgeNearLimit, watermarkFired } from '../../rules/near-limit.js'

/** Captures for a heap that is nearly full: there may be time for nothing else. The quick one first. */
const urgentKinds: CaptureKind[] = ['requests', 'heap-profile']

export interface HeapAlarmParts {
  /** The current threshold of `heap`. */
  threshold(): Threshold | undefined
  /** The last decision of the rules about `heap`. */
  decision(): Decision | undefined
  /** Whether a dump is being captured. */
  isCapturing(): boolean
  /** Makes that dump add the heap profile and end. Returns whether it still can. */
  hurry(why: string): boolean
  /** Begins a dump that waits for nothing. Throws if none is allowed. */
  dump(trigger: TriggerInfo, kinds: CaptureKind[], blockedFor: number): void
  /** Called on each alarm (monotonic milliseconds). */
  raised(at: number): void
  onError(what: string, error: unknown): void
  /** @default monotonic */
  now?(): number
}

export interface HeapAlarm {
  /** Call it with each reading of the heap: percent of its limit, and milliseconds of a block, 0 for none. */
  look(percent: number | null | undefined, blockedFor: number): void
  /** The watermark rule has made its dump, at this monotonic time in milliseconds. */
  watermarkFired(at: number): void
}

/** Dumps a heap that is nearly full at once, even if the rules and the dumper are waiting. */
export function createHeapAlarm(parts: HeapAlarmParts): HeapAlarm {
  const { now = monotonic } = parts
  let state = initialNearLimit

  /** Returns whether it was done, or cannot be done: otherwise the next reading asks again. */
  function writeDown(percent: number, line: number, blockedFor: number): boolean {
    const value = Math.round(percent * 10) / 10
    const reason = `the heap is ${value}% full, at or above ${line}%`
    if (parts.isCapturing()) return parts.hurry(`also heap: ${reason}`)
    const { mean = null, history = [] } = parts.decision() ?? {}
    const rule = 'watermark'
    try {
      const trigger = { metric: 'heap', rule, value, mean, threshold: line, unit: 'percent', history, reason } as const
      parts.dump(trigger, urgentKinds, blockedFor)
    } catch (error) {
      parts.onError('dump near the heap limit', error)
    }
    return true
  }

  return {
    look(percent, blockedFor) {
      const threshold = parts.threshold()
      if (percent === null || percent === undefined || !threshold) return
      const at = now()
      const judged = judgeNearLimit(threshold, state, { percent, at, blocked: blockedFor > 0 })
      if (judged.line !== null && !writeDown(percent, judged.line, blockedFor)) return
      state = judged.state
      if (judged.line !== null) parts.raised(at)
    },
    watermarkFired(at) {
      state = watermarkFired(state, at)
    },
  }
}
