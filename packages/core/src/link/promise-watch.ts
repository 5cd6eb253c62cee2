import type { RawFrame } from '../lib/our-stacks.js'

/** Awaits with the same stack, as they are seen when the watch ends. */
export interface RawGroup {
  count: number
  /** Innermost first; the first one is the function that awaits. */
  frames: RawFrame[]
  /**
   * What is awaited: another async function that is being watched (`async`), a call of `Promise.all` and its kind or the
   * next value of an async generator (`combined`), a promise made otherwise (`made`), or one from before the watch (`unknown`).
   */
  on: 'async' | 'combined' | 'made' | 'unknown'
  /** Where a `made` promise was made, innermost first. */
  madeAt: RawFrame[]
}

export interface WatchReply {
  groups: RawGroup[]
  /** Promises that were made while somebody looked, and those of them that were still pending at the end. */
  seen: number
  pending: number
  /** Why it stopped to take in promises before its time; `null` if it did not. */
  stoppedEarly: 'promises' | 'time' | null
  /** Milliseconds for which promises were taken in. */
  watchedMs: number
  /** Milliseconds of the app thread's time that the watching took in all, and that putting it together took at once. */
  spentMs: number
  pauseMs: number
}

export interface WatchOptions {
  /** Milliseconds after which it ends by itself, if nobody has ended it. */
  deadlineMs: number
  /** Pending promises that are remembered at most. */
  maxPromises: number
  /** Milliseconds of the app thread's time that it may take at most. */
  budgetMs: number
}
