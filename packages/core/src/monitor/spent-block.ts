import type { Decision } from '../model/decision.js'
import { metricInfo } from '../model/metric.js'

/** Milliseconds. The dump of a block that has lasted for so long shows the work of the app in it. */
const shows = 10_000

/** A block of the event loop is spent when it had its dump: however long it goes on, another one would show the same. */
export interface SpentBlock {
  /** A dump begins. Both in milliseconds, `now` of a monotonic clock. */
  dumped(blockedFor: number, now: number): void
  /** Whether these rules fire for nothing but that block. */
  isSpent(firing: readonly Pick<Decision, 'metric'>[], blockedFor: number, now: number): boolean
}

export function createSpentBlock(): SpentBlock {
  let at = Number.NEGATIVE_INFINITY
  return {
    dumped(blockedFor, now) {
      if (blockedFor >= shows) at = now
    },
    isSpent: (firing, blockedFor, now) =>
      now - blockedFor < at && firing.every(({ metric }) => metricInfo(metric).leading.includes('cpu-profile')),
  }
}
