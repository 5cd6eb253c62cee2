import type { LiveMemory } from '../rules/trend.js'
import { normal, random } from './random.js'

export const MiB = 1024 ** 2

/** Bytes that are alive after so many seconds. */
export type Life = (second: number) => number

export interface HeapOptions {
  /** Bytes of garbage that get old per second. */
  churn?: number
  /** Standard deviation of the memory that is alive in passing (requests in flight), relative. */
  noise?: number
  seed?: number
}

/**
 * A heap as V8 keeps it, one reading a second: garbage piles up until the heap has grown by half and by 10 to 20 MiB
 * since the last full collection, and only such a collection shows the live part. `null` in the seconds without one.
 */
export function collectedHeap(alive: Life, seconds: number, options: HeapOptions = {}): (number | null)[] {
  const { churn = MiB, noise = 0.03, seed = 1 } = options
  const u = random(seed)
  const readings: (number | null)[] = []
  let collected = { at: 0, bytes: alive(0), grows: 1.5 }
  for (let second = 0; second < seconds; second++) {
    const now = alive(second)
    const used = now + churn * (second - collected.at)
    const full = used > collected.bytes * collected.grows + 10 * MiB
    if (full) collected = { at: second, bytes: now * (1 + noise * Math.abs(normal(u))), grows: 1.2 + 0.6 * u() }
    readings.push(full || second === 0 ? collected.bytes : null)
  }
  return readings
}

/** The input of the rules for a heap of `limit` bytes. */
export function heapReading(bytes: number | null, limit = 4096 * MiB): LiveMemory | null {
  return bytes === null ? null : { what: 'live heap', bytes, room: limit - bytes, sticky: false }
}
