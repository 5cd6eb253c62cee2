import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Block } from '../../link/block.js'

const MiB = 1024 ** 2

/** Milliseconds between two collections of ours, or after one of V8's own; doubled each time that one was in vain. */
const shortestWait = 10_000

const longestWait = 600_000

/** A collection tells something only if this much is new: bytes of objects and buffers, and their part of the live ones. */
const leastNew = 8 * MiB

const leastPart = 1 / 8

/** The longest pause in milliseconds that a collection of ours may be expected to take. Larger heaps wait for V8. */
const longestPause = 250

/** A pause grows with the live heap: milliseconds per byte, until our own collections have measured it here. */
const pausePerByte = 0.7 / MiB

/** The most of the app thread's time that collections of ours may take. */
const share = 0.01

/**
 * App thread: finds out whether a heap that grows is growing for good. V8 may let minutes pass and 100 MiB come
 * before it collects, and until then a leak looks like a cache with much turnover. So it is asked to, when enough is
 * new. Where that turns out to be garbage the next time is twice as far away: in a healthy process six times an hour.
 *
 * The figures themselves come as after any collection of V8's: see gc.ts.
 */
export function createCollector(
  block: Block,
  collect: () => void = collectFully,
  now: () => number = () => performance.now(),
) {
  let wait = shortestWait
  let collections = Number.NaN
  let notBefore = Number.NEGATIVE_INFINITY
  let perByte = pausePerByte
  let measuredAt = Number.NEGATIVE_INFINITY
  /** Live and new bytes before our last collection, until its figures are there. */
  let asked: { alive: number; fresh: number } | undefined

  return (): void => {
    const heap = block.get('liveHeapBytes')
    const alive = heap + block.get('liveExternalBytes')
    const count = block.get('fullCollections')
    if (count !== collections) {
      collections = count
      if (asked) wait = alive - asked.alive > asked.fresh / 3 ? shortestWait : Math.min(longestWait, 2 * wait)
      asked = undefined
      notBefore = Math.max(notBefore, now() + wait)
    }
    // The machine may have been busy just then.
    if (now() - measuredAt > longestWait) perByte = pausePerByte
    if (asked || now() < notBefore || block.load('watchingLive') === 0 || !(heap * perByte < longestPause)) return
    const fresh = block.get('heapUsedBytes') + block.get('externalBytes') - alive
    if (fresh < Math.max(leastNew, alive * leastPart)) return
    asked = { alive, fresh }
    const began = now()
    // The app has not caused its cost. Twice, since a sample may be taken in the midst of it.
    block.store('collected', 1)
    collect()
    block.store('collected', 1)
    const pause = now() - began
    notBefore = now() + pause / share
    // The pause of a small heap is mostly the fixed cost of a collection.
    if (heap > leastNew) perByte = pause / heap
    measuredAt = now()
  }
}

let gc: (() => void) | undefined

/** One full collection. Throws where V8 does not offer it. */
function collectFully(): void {
  if (!gc) {
    // The flag is only for contexts that are made while it is set: no other code gets to see `gc`.
    setFlagsFromString('--expose-gc')
    try {
      gc = runInNewContext('gc')
    } finally {
      if (typeof globalThis.gc !== 'function') setFlagsFromString('--no-expose-gc')
    }
  }
  // Without arguments: Node 20 takes `{ type: 'major' }` for a minor collection.
  gc?.()
}
