import { describe, expect, it } from 'vitest'
import { refuseSnapshot, type SnapshotConditions } from './preflight.js'

const MiB = 1024 ** 2

const fine: SnapshotConditions = {
  heapUsed: 40 * MiB,
  memoryLeft: 4000 * MiB,
  diskLeft: 10_000 * MiB,
  pauseMs: 15_000,
  maxHeapBytes: 128 * MiB,
  blocked: false,
}

describe('the preflight of a heap snapshot', () => {
  it('lets a small heap with room pass', () => {
    expect(refuseSnapshot(fine)).toBeNull()
  })

  it.each<[string, Partial<SnapshotConditions>, RegExp]>([
    [
      'a large heap',
      { heapUsed: 300 * MiB },
      /heap of 300 MiB is over heapSnapshot\.maxHeapBytes, 128 MiB: the app would stand still for about 15\.0 s/,
    ],
    ['little memory', { memoryLeft: 359 * MiB }, /360 MiB of memory, 9 times the heap, and 359 MiB are left/],
    ['a process over its limit', { memoryLeft: -1 }, /and 0 B are left/],
    ['little disk', { diskLeft: 39 * MiB }, /40 MiB on disk, and 39 MiB are left above retention\.minFreeBytes/],
    ['a blocked event loop', { blocked: true }, /blocked/],
  ])('refuses %s, and says why', (_, conditions, reason) => {
    expect(refuseSnapshot({ ...fine, ...conditions })).toMatch(reason)
  })

  it('lets pass what just fits', () => {
    expect(refuseSnapshot({ ...fine, memoryLeft: 360 * MiB, diskLeft: 40 * MiB, maxHeapBytes: 40 * MiB })).toBeNull()
  })
})
