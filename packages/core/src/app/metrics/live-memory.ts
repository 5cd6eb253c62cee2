import type { Block } from '../../link/block.js'
import { publishHeap } from './memory.js'

/** App thread, right after `collections` full garbage collections, or at the start: the memory that they left. */
export function publishLiveMemory(block: Block, collections: number): void {
  publishHeap(block)
  block.set('liveHeapBytes', block.get('heapUsedBytes'))
  block.set('liveExternalBytes', block.get('externalBytes'))
  const before = block.get('fullCollections')
  // Last, so that a reader of the count finds the rest as well.
  block.set('fullCollections', (Number.isNaN(before) ? 0 : before) + collections)
}
