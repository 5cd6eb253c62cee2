import { getHeapStatistics } from 'node:v8'
import type { Block } from '../thread/block.js'

/** App thread: the JavaScript heap of this thread, and what it holds outside of it (buffers, for one). */
export function publishHeap(block: Block): void {
  const heap = getHeapStatistics()
  block.set('heapUsedBytes', heap.used_heap_size)
  block.set('heapLimitBytes', heap.heap_size_limit)
  block.set('externalBytes', heap.external_memory)
}

/** `heap`: percent of V8's limit. */
export function readHeap(block: Block): number | null {
  const value = (block.get('heapUsedBytes') / block.get('heapLimitBytes')) * 100
  return Number.isFinite(value) ? value : null
}

/** `rss`: percent of the memory limit. `null` where it cannot be read, e.g. when the process is out of descriptors. */
export function readRssPercent(readRss: () => number, limit: number): number | null {
  try {
    return (readRss() / limit) * 100
  } catch {
    return null
  }
}
