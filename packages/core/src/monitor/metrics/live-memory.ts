import type { Block } from '../../link/block.js'
import type { LiveMemory } from '../../rules/trend.js'

/** From this many bytes of new buffers on, the resident memory without garbage is unknown. */
const unsettled = 4 * 1024 ** 2

/**
 * Monitor thread: the size of `heap` and `rss` after a full garbage collection. Between two collections a heap grows in
 * a process that leaks and in one that does not, so:
 *
 * - `heap` is the rest after the last full collection, read once after each. Its limit is the nearest: V8's, or the
 *   memory limit (the container's or the machine's) less the memory that the process holds outside of the JavaScript
 *   heap
 * - `rss` is the memory that the process holds outside of the JavaScript heap. It has no reading while many buffers are
 *   new since that collection and may be garbage: a growing heap is a matter of `heap`
 */
export function createLiveMemoryReader(block: Block, memoryLimit: number) {
  let seen = Number.NaN
  /** Bytes that the heap may still grow. @param outside bytes that the process holds outside of it; `NaN` if unknown */
  const nearest = (bytes: number, outside: number): Pick<LiveMemory, 'room' | 'limit'> => {
    const room = block.get('heapLimitBytes') - bytes
    const memory = memoryLimit - outside - bytes
    return memory < room ? { room: memory, limit: 'memory limit' } : { room }
  }
  return (rss: number | null): { heap: LiveMemory | null; rss: LiveMemory | null } => {
    const collections = block.get('fullCollections')
    const bytes = block.get('liveHeapBytes')
    const isNews = !Number.isNaN(collections) && collections !== seen
    if (isNews) seen = collections
    const newBuffers = block.get('externalBytes') - block.get('liveExternalBytes')
    const outside = (rss ?? Number.NaN) - block.get('heapResidentBytes')
    return {
      heap: isNews ? { what: 'live heap', bytes, sticky: false, ...nearest(bytes, outside) } : null,
      rss:
        rss === null || Number.isNaN(outside) || !(newBuffers < unsettled)
          ? null
          : { what: 'memory outside the JavaScript heap', bytes: outside, room: memoryLimit - rss, sticky: true },
    }
  }
}
