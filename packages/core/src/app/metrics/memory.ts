import { getHeapStatistics } from 'node:v8'
import { heapLimitOfThread, youngBytes } from '../../lib/heap-limit.js'
import type { Block } from '../../link/block.js'

/**
 * App thread: the JavaScript heap of this thread and its memory outside of the heap, such as buffers. The young
 * generation does not count: it is mostly garbage and has a limit of its own.
 */
export function publishHeap(block: Block): void {
  const heap = getHeapStatistics()
  block.set('heapUsedBytes', heap.used_heap_size - youngBytes())
  block.set('heapLimitBytes', heapLimitOfThread(heap.heap_size_limit))
  block.set('externalBytes', heap.external_memory)
  block.set('heapResidentBytes', heap.total_physical_size)
}

/** A heap below this share of its limit is not full before the next sample, so nothing looks at it in between. */
const filling = 0.25

/** App thread, between samples: the same where it matters, and a quarter of the work where it does not. */
export function publishFillingHeap(block: Block): void {
  const { used_heap_size, heap_size_limit } = getHeapStatistics()
  // This also corrects a published height that has been collected since.
  if (Math.max(used_heap_size, block.get('heapUsedBytes')) > heap_size_limit * filling) publishHeap(block)
}
