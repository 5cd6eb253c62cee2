import { Session } from 'node:inspector'
import { whyNoLink } from '../../lib/runtime/inspector.js'

/** Milliseconds without a dump and without a block, after which the thread has time for itself. */
const restFor = 1000

export interface Work {
  /** Whether a dump is being made. */
  inProgress: boolean
  /** When the last dump ended. */
  endedAt: number
  /** For how long the app thread has been blocked. */
  blockedFor: number
}

/**
 * Whether the thread should give back memory now: once after its start, and once after each dump, when it has rested for a
 * moment. Loading code and reading evidence leave a heap of half-empty pages, and V8 lets them be: nothing in a thread that
 * only samples makes it collect. Call it at each sample.
 *
 * @param now milliseconds, like all times here, of a monotonic clock
 */
export function createTidying(now: number): (at: number, work: Work) => boolean {
  let isDue = true
  let busyAt = now
  return (at, { inProgress, endedAt, blockedFor }) => {
    if (inProgress || endedAt > busyAt) {
      isDue = true
      busyAt = inProgress ? at : endedAt
    }
    // The dump of this block may be next, and a collection takes as long as a small profile.
    if (blockedFor > 0) busyAt = at
    if (!isDue || inProgress || at - busyAt < restFor) return false
    isDue = false
    return true
  }
}

/** Collects this thread's garbage and gives back the pages that become free. */
export function collectOwnHeap(): void {
  if (whyNoLink() !== null) return
  const session = new Session()
  session.connect()
  // V8 collects in a task of its own: a session that is gone by then takes the task along. It answers from within the task,
  // with a lock held that `disconnect` waits for: called there it would stop the thread for good.
  session.post('HeapProfiler.collectGarbage', () => setImmediate(() => session.disconnect()))
}
