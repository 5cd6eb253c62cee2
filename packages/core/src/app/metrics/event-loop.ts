import { type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { monotonic } from '../../lib/clock/monotonic.js'
import { blockedFrom } from '../../link/beat-period.js'
import type { Block } from '../../link/block.js'

/** Milliseconds between two looks of the histogram. Each wakes an idle process up. */
const resolution = 20

/** A delay, in milliseconds, that is worth starting the histogram afresh. */
const noteworthy = 5

const maxMicroseconds = 2 ** 31 - 1

/**
 * App thread: shows that the event loop turns, and how late it was.
 *
 * There are two witnesses, because each misses something. The heartbeat sees long blocks only, and each of them shorter by
 * up to a period. Node's histogram is exact to its resolution, but a `reset` makes it forget its last look, so it misses
 * a block that begins right after.
 */
export function createLoopProbe(block: Block, period: number) {
  let blocked = 0
  let histogram: IntervalHistogram | undefined
  let due = 0
  let reported = 0
  const raise = (delay: number) => block.raise('worstDelay', Math.min(maxMicroseconds, Math.round(delay * 1000)))

  function watchAfresh(): void {
    histogram?.disable()
    reported = 0
    // A heartbeat as quick as this needs no second witness.
    if (period <= resolution) return
    histogram = monitorEventLoopDelay({ resolution })
    histogram.enable()
  }

  return {
    start(): void {
      due = monotonic() + period
      watchAfresh()
    },
    /** After a beat: forgets all delays until now. The histogram has not looked at the last one yet. */
    cut(): void {
      watchAfresh()
      block.store('worstDelay', 0)
    },
    stop(): void {
      histogram?.disable()
      histogram = undefined
      block.set('heartbeat', Number.NaN)
    },
    /**
     * @param by the timer, which calls again a period from now, or another caller in between
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
      // The `idle` of `eventLoopUtilization()`, at less cost.
      block.set('loopIdle', performance.nodeTiming.idleTime)
      // Last, so that a reader of this heartbeat finds its delay as well.
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
