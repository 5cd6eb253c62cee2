import { type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { type Block, monotonic } from '../thread/block.js'
import type { AwakeClock } from './awake.js'

/** Milliseconds between two heartbeats of the app thread: a quarter of the sampling interval, 10 to 100. */
export function beatPeriod(interval: number): number {
  return Math.round(Math.min(100, Math.max(10, interval / 4)))
}

/** Milliseconds between two looks of the histogram. Each wakes an idle process up. */
const resolution = 20

/** A delay, in milliseconds, that is worth starting the histogram afresh. */
const noteworthy = 5

/** Milliseconds by which a heartbeat is late when the loop is said to be blocked. */
const blockedFrom = (period: number) => Math.max(2 * period, 100)

const maxMicroseconds = 2 ** 31 - 1

/**
 * App thread: shows that the event loop turns, and how late it was.
 *
 * Two witnesses, since each misses something. The heartbeat comes late by what is left of a block when it is due, so it
 * sees long blocks only, and less of them by up to a period. Node's histogram is exact to its resolution, but a `reset`
 * makes it forget its last look, and a block that begins right after goes unseen.
 */
export function createLoopProbe(block: Block, period: number) {
  let blocked = 0
  let histogram: IntervalHistogram | undefined
  let due = 0
  let reported = 0
  const raise = (delay: number) => block.raise('worstDelay', Math.min(maxMicroseconds, Math.round(delay * 1000)))

  return {
    start(): void {
      due = monotonic() + period
      reported = 0
      // A heartbeat as quick as this needs no second witness.
      if (period <= resolution) return
      histogram = monitorEventLoopDelay({ resolution })
      histogram.enable()
    },
    stop(): void {
      histogram?.disable()
      histogram = undefined
      block.set('heartbeat', Number.NaN)
    },
    /**
     * @param by the timer, which calls again a period from now, or somebody else in between
     * @returns whether it came late enough for a word
     */
    beat(by: 'timer' | 'extra'): boolean {
      const now = monotonic()
      const late = now - due
      if (late > 0) raise(late)
      if (late > blockedFrom(period)) {
        blocked += late
        block.set('blockedTime', blocked)
      }
      if (by === 'timer' || late > 0) due = now + period
      // The histogram may not have had its look yet, and is not to tell the same again later: see `renew`.
      if (by === 'extra') reported = Math.max(reported, late)
      // What `eventLoopUtilization()` calls `idle`, at less cost.
      block.set('loopIdle', performance.nodeTiming.idleTime)
      // Last, so that who sees this heartbeat finds its delay as well.
      block.set('heartbeat', now)
      return late > noteworthy
    },
    /** Asks the histogram; after a late beat not before all timers that were due have run: its own is one of them. */
    look(): void {
      if (!histogram) return
      // It holds the time from look to look, and that is the resolution when nothing is wrong.
      const delay = histogram.max / 1e6 - resolution
      if (delay <= reported) return
      reported = delay
      raise(delay)
    },
    /** Once per sample: lets the histogram forget a delay that has been reported. */
    renew(): void {
      if (reported < noteworthy) return
      histogram?.reset()
      reported = 0
    },
  }
}

export interface LoopReading {
  /** `eventLoopDelay`: milliseconds. */
  delay: number | null
  /** `eventLoopUtilization`: percent. */
  utilization: number | null
  /** Milliseconds for which the app thread has not come back to its event loop, if that is worth a word; else 0. */
  blockedFor: number
  /** Milliseconds of all blocks together, with the one that lasts. */
  blockedTime: number
}

/**
 * Monitor thread: reads what the app thread shows, and more so what it does not show. A heartbeat that stays away is
 * the delay, growing while the block lasts, and busy time.
 */
export function createLoopReader(block: Block, period: number): (now: number, clock: AwakeClock) => LoopReading {
  /** Busy and idle time are accounted for up to `until`, when the loop had idled for `idle`. */
  let last: { until: number; idle: number } | undefined
  let utilization: number | null = null
  /** Blocks of the app thread's account in which the whole process stood still, in milliseconds: nobody blocked anything. */
  let stopped = 0
  let blockedTime = 0
  let readAt = Number.NEGATIVE_INFINITY

  return (now, clock) => {
    const heartbeat = block.get('heartbeat')
    const idle = block.get('loopIdle')
    const worst = clock.withoutStop(block.take('worstDelay') / 1000, heartbeat)
    if (Number.isNaN(heartbeat)) {
      last = undefined
      utilization = null
      return { delay: null, utilization, blockedFor: 0, blockedTime }
    }
    const beat = clock.at(heartbeat)
    const overdue = Math.max(0, now - clock.sinceStop(heartbeat) - period)

    // All that lies beyond an overdue heartbeat was busy. If the next one shows that some of it was idle after all,
    // that is made up for there, since `idle` is cumulative.
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
    // It goes on for as long as the block does, by no more than the time in which the process was awake, and never back.
    const account = (Number.isNaN(over) ? 0 : over) + blockedFor
    stopped += Math.max(0, account - stopped - blockedTime - (now - readAt) - blockedFrom(period))
    blockedTime = Math.max(blockedTime, account - stopped)
    readAt = now
    return { delay: Math.max(worst, overdue), utilization, blockedFor, blockedTime }
  }
}
