import type { Block } from '../../link/block.js'

/** `heap`: percent of V8's limit. */
export function readHeap(block: Block): number | null {
  const value = (block.get('heapUsedBytes') / block.get('heapLimitBytes')) * 100
  return Number.isFinite(value) ? value : null
}

/** Resident memory in bytes. `null` if it cannot be read, e.g. when the process is out of descriptors. */
export function readResident(readRss: () => number): number | null {
  try {
    return readRss()
  } catch {
    return null
  }
}
