import type { RawFrame } from '../lib/our-stacks.js'

/** Awaits with the same stack, as they are seen when the watch ends. */
export interface RawGroup {
  count: number
  /** Innermost first; the first one is the function that awaits. */
  frames: RawFrame[]
  /**
   * The awaited promise: another async function that is being watched (`async`), a call of `Promise.all` and its kind
   * or the next value of an async generator (`combined`), a promise made otherwise (`made`), or one from before the
   * watch (`unknown`).
   */
  on: 'async' | 'combined' | 'made' | 'unknown'
  /** Where a `made` promise was made, innermost first. */
  madeAt: RawFrame[]
}

export interface WatchReply {
  groups: RawGroup[]
  /** Promises that were made during the watch, and those of them that were still pending at the end. */
  seen: number
  pending: number
  /** Why the watch took in no more promises before its end; `null` if it did. */
  stoppedEarly: 'promises' | 'time' | null
  /** Milliseconds for which promises were taken in. */
  watchedMs: number
  /** Milliseconds of the app thread's time: of the whole watch, and of the evaluation at its end. */
  spentMs: number
  pauseMs: number
}

export interface WatchOptions {
  /** Milliseconds after which the watch ends by itself. */
  deadlineMs: number
  /** Pending promises to remember, at most. */
  maxPromises: number
  /** Milliseconds of the app thread's time that the watch may take at most. */
  budgetMs: number
}
