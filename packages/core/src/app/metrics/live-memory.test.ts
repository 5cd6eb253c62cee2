import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createBlock } from '../../link/block.js'
import { createLiveMemoryReader } from '../../monitor/metrics/live-memory.js'
import { createGcProbe } from './gc.js'

const MiB = 1024 ** 2

describe('live memory', () => {
  function memory(memoryLimit = 1024) {
    const block = createBlock({ customCount: 0 })
    block.set('heapLimitBytes', 4096 * MiB)
    block.set('heapResidentBytes', 60 * MiB)
    const collected = (count: number, heap: number, external: number) => {
      block.set('fullCollections', count)
      block.set('liveHeapBytes', heap * MiB)
      block.set('liveExternalBytes', external * MiB)
    }
    return { block, collected, read: createLiveMemoryReader(block, memoryLimit * MiB) }
  }

  it('of the heap is told once after each full collection', () => {
    const { collected, read } = memory(8192)
    expect(read(100 * MiB).heap).toBe(null)
    collected(1, 40, 2)
    expect(read(100 * MiB).heap).toEqual({ what: 'live heap', bytes: 40 * MiB, room: 4056 * MiB, sticky: false })
    expect(read(100 * MiB).heap).toBe(null)
    collected(2, 40, 2)
    expect(read(100 * MiB).heap?.bytes).toBe(40 * MiB)
  })

  it('of the heap goes by the nearest limit: in a small pod that is not the limit of V8', () => {
    const { block, collected, read } = memory(512)
    block.set('heapResidentBytes', 160 * MiB)
    collected(1, 150, 2)
    // 220 - 160 MiB are outside of the heap, so that it may have 452.
    expect(read(220 * MiB).heap).toMatchObject({ room: 302 * MiB, limit: 'memory limit' })
    collected(2, 150, 2)
    // Without a reading of resident memory there is only the one of V8.
    expect(read(null).heap).toMatchObject({ room: 3946 * MiB })
  })

  it('outside of the heap is not known while many buffers may be garbage', () => {
    const { block, collected, read } = memory()
    expect(read(100 * MiB).rss).toBe(null)
    collected(1, 40, 10)
    block.set('externalBytes', 12 * MiB)
    expect(read(150 * MiB).rss).toMatchObject({ bytes: 90 * MiB, room: 874 * MiB, sticky: true })
    block.set('externalBytes', 25 * MiB)
    expect(read(165 * MiB).rss).toBe(null)
    // Kept over a collection, they are no garbage.
    collected(2, 40, 25)
    expect(read(165 * MiB).rss?.bytes).toBe(105 * MiB)
    expect(read(null).rss).toBe(null)
  })

  it('is what a full collection of V8 leaves, and no other', async () => {
    setFlagsFromString('--expose-gc')
    const gc = runInNewContext('gc') as (minor?: boolean) => void
    const block = createBlock({ customCount: 0 })
    const probe = createGcProbe(block)
    probe.start()
    onTestFinished(probe.stop)
    expect(block.get('fullCollections')).toBe(0)
    const kept = Array.from({ length: 400_000 }, (_, index) => ({ index }))
    gc()
    await vi.waitFor(() => expect(block.get('fullCollections')).toBeGreaterThan(0))
    const full = block.get('liveHeapBytes')
    const count = block.get('fullCollections')
    expect(kept.length).toBe(400_000)
    kept.length = 0
    gc(true)
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(block.get('fullCollections')).toBe(count)
    gc()
    await vi.waitFor(() => expect(block.get('fullCollections')).toBeGreaterThan(count))
    expect(full - block.get('liveHeapBytes')).toBeGreaterThan(4 * MiB)
  })
})
