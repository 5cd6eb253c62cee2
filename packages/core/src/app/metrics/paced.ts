import { monotonic } from '../../lib/clock/monotonic.js'

/** The most that one kind of scan may take of the app thread's time. */
const most = 0.005

/** A figure that is to take less than that gets no older for it, in milliseconds. */
const oldest = 10_000

/**
 * Wraps work whose cost grows with the app (its sockets, its handles): however often it is called, it takes at most
 * `share` of the time, because a call that comes too early does nothing. At 100,000 sockets the figure gets older instead
 * of the app getting slower.
 *
 * One slow run says little (a garbage collection may have fallen into it), so the cheaper of the last two counts.
 */
export function paced(work: () => void, now: () => number = monotonic, share = most): () => void {
  let notBefore = Number.NEGATIVE_INFINITY
  let lastCost = Number.POSITIVE_INFINITY
  return () => {
    const began = now()
    if (began < notBefore) return
    try {
      work()
    } finally {
      const ended = now()
      const cost = ended - began
      const usual = Math.min(cost, lastCost)
      // The first run is slow because it is the first.
      const wait = lastCost === Number.POSITIVE_INFINITY ? 0 : Math.min(oldest, usual / share)
      notBefore = ended + Math.max(wait, usual / most)
      lastCost = cost
    }
  }
}
