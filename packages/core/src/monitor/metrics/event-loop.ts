import { blockedFrom } from '../../link/beat-period.js'
import type { Block } from '../../link/block.js'
import type { AwakeClock } from './awake.js'

export interface LoopReading {
  /** `eventLoopDelay`: milliseconds. */
  delay: number | null
  /** `eventLoopUtilization`: percent. */
  utilization: number | null
  /** Milliseconds for which the app thread has not returned to its event loop, if that is noticeable; else 0. */
  blockedFor: number
  /** Milliseconds of all blocks together, including the current one. */
  blockedTime: number
}

export interface LoopReader {
  /** @param now awake milliseconds of that clock */
  read(now: number, clock: AwakeClock): LoopReading
  /** Milliseconds by which the app thread is overdue now; no reading, so nothing is taken. */
  overdue(now: number, clock: AwakeClock): number
  /** Busy and idle time before now does not count in the next reading. */
  cut(): void
}

/**
 * Monitor thread: reads the figures of the app thread, and infers from missing updates. A missing heartbeat is the
 * delay, growing while the block lasts, and busy time.
 */
export function createLoopReader(block: Block, period: number): LoopReader {
  /** Busy and idle time are accounted for up to `until`, when the loop had idled for `idle`. */
  let last: { until: number; idle: number } | undefined
  let utilization: number | null = null
  /**
   * Milliseconds that the app thread counts as blocks, but in which the whole process stood still: nothing blocked it.
   */
  let stopped = 0
  let blockedTime = 0
  let readAt = Number.NEGATIVE_INFINITY

  const overdueAt = (now: number, heartbeat: number, clock: AwakeClock) =>
    Math.max(0, now - clock.sinceStop(heartbeat) - period)

  function read(now: number, clock: AwakeClock): LoopReading {
    const heartbeat = block.get('heartbeat')
    const idle = block.get('loopIdle')
    const worst = clock.withoutStop(block.take('worstDelay') / 1000, heartbeat)
    if (Number.isNaN(heartbeat)) {
      last = undefined
      utilization = null
      return { delay: null, utilization, blockedFor: 0, blockedTime }
    }
    const beat = clock.at(heartbeat)
    const overdue = overdueAt(now, heartbeat, clock)

    // All time beyond an overdue heartbeat was busy. If the next heartbeat shows that some of it was idle after all,
    // the next reading corrects it, since `idle` is cumulative.
    const until = overdue > period ? now : beat
    if (!last) {
      last = { until, idle }
    } else if (until > last.until) {
      const idleShare = (idle - last.idle) / (until - last.until)
      utilization = 100 * Math.min(1, Math.max(0, 1 - idleShare))
      last = { until, idle }
    }
    const blockedFor = overdue > blockedFrom(period) ? overdue : 0
    const over = block.get('blockedTime')
    // It grows for as long as the block does, by no more than the awake time of the process, and never shrinks.
    const account = (Number.isNaN(over) ? 0 : over) + blockedFor
    stopped += Math.max(0, account - stopped - blockedTime - (now - readAt) - blockedFrom(period))
    blockedTime = Math.max(blockedTime, account - stopped)
    readAt = now
    return { delay: Math.max(worst, overdue), utilization, blockedFor, blockedTime }
  }
  return {
    read,
    overdue: (now, clock) => overdueAt(now, block.get('heartbeat'), clock) || 0,
    cut() {
      last = undefined
      utilization = null
    },
  }
}
