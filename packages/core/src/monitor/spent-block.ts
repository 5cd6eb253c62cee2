import type { Decision } from '../model/decision.js'
import { metricInfo } from '../model/metric.js'

/** Milliseconds. The dump of a block that has lasted for so long shows the work of the app in it. */
const shows = 10_000

/** A block of the event loop that had its dump: however long it goes on, another one would show the same. */
export interface ToldBlock {
  /** A dump begins. Both in milliseconds, `now` of a monotonic clock. */
  dumped(blockedFor: number, now: number): void
  /** Whether these rules fire for nothing but that block. */
  isTold(firing: readonly Pick<Decision, 'metric'>[], blockedFor: number, now: number): boolean
}

export function createToldBlock(): ToldBlock {
  let at = Number.NEGATIVE_INFINITY
  return {
    dumped(blockedFor, now) {
      if (blockedFor >= shows) at = now
    },
    isTold: (firing, blockedFor, now) =>
      now - blockedFor < at && firing.every(({ metric }) => metricInfo(metric).leading.includes('cpu-profile')),
  }
}
