import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { cpuWaited } from '../../lib/cpu-waited.js'
import type { Block } from '../../link/block.js'

const MiB = 1024 ** 2

/** Milliseconds between two collections of ours, or after one of V8's own; doubled each time that one was in vain. */
const shortestWait = 10_000

const longestWait = 600_000

/** A collection tells something only if this much is new: bytes of objects and buffers, and their part of the live ones. */
const leastNew = 8 * MiB

const leastPart = 1 / 8

/**
 * The longest that a collection of ours may be expected to take, in milliseconds: its work, and the pause, which is longer
 * where the app waits for a CPU. Larger heaps wait for V8.
 */
const longest = { work: 250, pause: 1000 }

/** What a collection costs grows with the live heap: milliseconds per byte, until our own have measured it here. */
const usual = { work: 0.7 / MiB, pause: 0.7 / MiB }

/** The most of the app thread's time that collections of ours may take. */
const share = { work: 0.01, pause: 0.05 }

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
  waited: () => number = cpuWaited,
) {
  let wait = shortestWait
  let collections = Number.NaN
  let notBefore = Number.NEGATIVE_INFINITY
  let perByte = usual
  let measuredAt = Number.NEGATIVE_INFINITY
  /** The part of what was new that our last collection found alive. */
  let kept = 0
  /** Live and new bytes before our last collection and what it cost, until its figures are there. */
  let asked: { alive: number; fresh: number; work: number; pause: number } | undefined

  return (): void => {
    const heap = block.get('liveHeapBytes')
    const alive = heap + block.get('liveExternalBytes')
    const count = block.get('fullCollections')
    if (count !== collections) {
      collections = count
      if (asked) {
        kept = Math.min(1, Math.max(0, (alive - asked.alive) / asked.fresh))
        wait = kept > 1 / 3 ? shortestWait : Math.min(longestWait, 2 * wait)
        // The pause of a small heap is mostly the fixed cost of a collection.
        if (heap > 2 * leastNew) perByte = { work: asked.work / heap, pause: asked.pause / heap }
      }
      asked = undefined
      notBefore = Math.max(notBefore, now() + wait)
    }
    if (asked || now() < notBefore || block.load('watchingLive') === 0 || Number.isNaN(heap)) return
    const fresh = block.get('heapUsedBytes') + block.get('externalBytes') - alive
    if (fresh < Math.max(leastNew, alive * leastPart)) return
    // The machine may have been busy just then.
    if (now() - measuredAt > longestWait) perByte = usual
    const expected = heap + kept * Math.max(0, block.get('heapUsedBytes') - heap)
    if (expected * perByte.work >= longest.work || expected * perByte.pause >= longest.pause) return
    const began = now()
    const waitedBefore = waited()
    // The app has not caused its cost. Twice, since a sample may be taken in the midst of it.
    block.store('collected', 1)
    collect()
    block.store('collected', 1)
    measuredAt = now()
    const pause = measuredAt - began
    const work = Math.max(0, pause - (waited() - waitedBefore))
    asked = { alive, fresh, work, pause }
    notBefore = measuredAt + Math.max(work / share.work, pause / share.pause)
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
