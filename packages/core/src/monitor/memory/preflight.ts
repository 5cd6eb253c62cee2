import { duration, size } from '../../lib/units.js'

/** The conditions before a heap snapshot; all in bytes unless said otherwise. */
export interface SnapshotConditions {
  /** The JavaScript heap now. */
  heapUsed: number
  /** Memory that the process may still take before it is killed: the cgroup's headroom or the machine's free memory. */
  memoryLeft: number
  /** Bytes that the disk may still take before the store's reserve begins. */
  diskLeft: number
  /** Milliseconds for which the app should stand still; `null`: it is not known. */
  pauseMs: number | null
  /** The option `heapSnapshot.maxHeapBytes`. */
  maxHeapBytes: number
  /**
   * Whether the event loop is blocked: then the snapshot may not begin for long, and the process may not live for long.
   */
  blocked: boolean
}

/** V8 builds the whole graph before it writes a byte: measured at 6 to 9 times the live heap. */
const memoryPerHeapByte = 9

/**
 * A snapshot of small objects is twice the heap, and a third of that when compressed: this value is on the safe side.
 */
const diskPerHeapByte = 1

/**
 * Milliseconds for each MiB of heap at worst: 430 were seen on a machine that was busy with other things. V8 cannot stop
 * once it has begun, so a capture that gives up has made the app stand still for nothing.
 */
const longestPausePerMiB = 500

/** Milliseconds that any snapshot may take beyond that: small heaps took a minute on machines short of memory. */
const leastPatience = 60_000

/** Milliseconds that a snapshot of such a heap may take. */
export const longestPause = (heapUsed: number): number =>
  leastPatience + Math.round((heapUsed / 1024 ** 2) * longestPausePerMiB)

/** Why a heap snapshot must not be taken, with the figures, or `null` if it may. */
export function refuseSnapshot(conditions: SnapshotConditions): string | null {
  const { heapUsed, memoryLeft, diskLeft, pauseMs, maxHeapBytes, blocked } = conditions
  if (blocked) return 'the event loop is blocked'
  if (heapUsed > maxHeapBytes) {
    const still = pauseMs === null ? '' : `: the app would stand still for about ${duration(pauseMs)}`
    return `the heap of ${size(heapUsed)} is over heapSnapshot.maxHeapBytes, ${size(maxHeapBytes)}${still}`
  }
  const memory = heapUsed * memoryPerHeapByte
  if (memory > memoryLeft)
    return `it may take ${size(memory)} of memory, ${memoryPerHeapByte} times the heap, and ${size(Math.max(0, memoryLeft))} are left`
  const disk = heapUsed * diskPerHeapByte
  if (disk > diskLeft)
    return `it may take ${size(disk)} on disk, and ${size(Math.max(0, diskLeft))} are left above retention.minFreeBytes`
  return null
}
