import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import type { Block } from '../../link/block.js'
import { publishLiveMemory } from './live-memory.js'

/** Node documents `detail` of its entries, and its types leave it out. */
const isFull = (entry: PerformanceEntry & { detail?: { kind?: number } }) =>
  entry.detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR

/** App thread: adds up the pauses of this thread's garbage collector, and sees the memory that full collections leave. */
export function createGcProbe(block: Block) {
  let observer: PerformanceObserver | undefined
  let paused = 0
  const count = (entries: PerformanceEntry[]) => {
    let full = 0
    for (const entry of entries) {
      paused += entry.duration
      if (isFull(entry)) full += 1
    }
    // Node tells of a collection as soon as the event loop turns, so little has been allocated since.
    if (full > 0) publishLiveMemory(block, full)
  }
  return {
    start(): void {
      observer = new PerformanceObserver(list => count(list.getEntries()))
      observer.observe({ entryTypes: ['gc'] })
      // The first full collection can take a minute to come; until then this is the most that can be alive.
      publishLiveMemory(block, 0)
    },
    stop(): void {
      observer?.disconnect()
      observer = undefined
    },
    publish(): void {
      if (observer) count(observer.takeRecords())
      block.set('gcPause', paused)
    },
  }
}
