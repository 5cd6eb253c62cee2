import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import type { Block } from '../thread/block.js'
import type { AwakeClock } from './awake.js'

/** App thread: adds up the pauses of this thread's garbage collector. */
export function createGcProbe(block: Block) {
  let observer: PerformanceObserver | undefined
  let paused = 0
  const count = (entries: PerformanceEntry[]) => {
    for (const entry of entries) paused += entry.duration
  }
  return {
    start(): void {
      observer = new PerformanceObserver(list => count(list.getEntries()))
      observer.observe({ entryTypes: ['gc'] })
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

/**
 * `gc`: percent of the time between two publications that went into pauses. Between publications the last value holds;
 * `null` before the second one, and once they stay away for more than `staleAfter` milliseconds: in a blocked thread
 * nobody counts.
 */
export function createGcReader(block: Block, staleAfter: number): (now: number, clock: AwakeClock) => number | null {
  let last: { at: number; paused: number } | undefined
  let value: number | null = null
  return (now, clock) => {
    const at = clock.at(block.get('publishedAt'))
    const paused = block.get('gcPause')
    if (Number.isNaN(at) || Number.isNaN(paused)) {
      last = undefined
      value = null
    } else if (!last || at > last.at) {
      value = last ? Math.min(100, Math.max(0, ((paused - last.paused) / (at - last.at)) * 100)) : null
      last = { at, paused }
    } else if (now - at > staleAfter) {
      return null
    }
    return value
  }
}
