import type { Links } from './links.js'
import type { Trace } from './stack.js'

/** A call that the application waits for. */
export interface PendingCall<T> {
  about: T
  /** When it began, by the clock of the scans. */
  since: number
  /** The request behind the call, as its source knows it; `null` where it is unknown. */
  owner: object | null
  trace: Trace | null
  /** Whether the answer has begun to come in. */
  answered: boolean
}

export interface PendingCallsContext {
  /** Milliseconds, as of the last scan. */
  clock(): number
  links: Pick<Links, 'owner' | 'trace'>
}

export type PendingCalls<T extends object> = ReturnType<typeof createPendingCalls<T>>

export interface PendingCallsOptions<T> {
  isOver(about: T): boolean
  isAnswered(call: PendingCall<T>): boolean
  /** @default 50_000 */
  most?: number
}

/**
 * The calls in progress, the oldest first. `sweep` finds those that ended without an event. Where even that finds none,
 * `most` is the bound: the oldest are then forgotten.
 */
export function createPendingCalls<T extends object>(
  { clock, links }: PendingCallsContext,
  { isOver, isAnswered, most = 50_000 }: PendingCallsOptions<T>,
) {
  const calls = new Map<T, PendingCall<T>>()
  let forgotten = false

  function sweep(): void {
    for (const about of calls.keys()) if (isOver(about)) calls.delete(about)
    if (calls.size < most / 2) forgotten = false
  }

  /** Forgets a tenth at once, so that not every call costs a sweep while the table is full. */
  function makeRoom(): void {
    sweep()
    if (calls.size <= 0.9 * most) return
    forgotten = true
    let surplus = Math.ceil(0.1 * most)
    for (const about of calls.keys()) {
      if (surplus-- <= 0) break
      calls.delete(about)
    }
  }

  function add(about: T, owner: object | null, trace: Trace | null): void {
    if (calls.size >= most) makeRoom()
    calls.set(about, { about, since: clock(), owner, trace, answered: false })
  }

  return {
    /** For the code that makes the call. */
    begin(about: T): void {
      if (!calls.has(about)) add(about, links.owner(), links.trace())
    },
    /** For code that finds the call later and cannot know its owner. */
    found(about: T): void {
      if (!calls.has(about) && !isOver(about)) add(about, null, null)
    },
    answered(about: T): void {
      const call = calls.get(about)
      if (call) call.answered = true
    },
    end: (about: T) => void calls.delete(about),
    sweep,
    /** Those that are not over, the oldest first. */
    *live(): Generator<PendingCall<T>> {
      for (const call of calls.values()) if (!isOver(call.about)) yield call
    },
    /** Whether there were too many to keep them all. */
    forgotten: () => forgotten,
    /** The number of unanswered calls from before that time. */
    unansweredSince(time: number): number {
      let count = 0
      for (const call of calls.values()) {
        if (call.since > time) break
        if (!isAnswered(call) && !isOver(call.about)) count++
      }
      return count
    },
    clear: () => calls.clear(),
  }
}
