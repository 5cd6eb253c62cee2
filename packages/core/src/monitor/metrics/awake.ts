/** Milliseconds. Witnesses look this often, so a stop was longer than they can prove by up to this much. */
const blur = 100

/** Milliseconds. The app thread tells of a stop no later than this after it. */
const settled = 1000

/** A time in which a thread could not run: the whole process stood still, or a debugger held the thread. */
export interface Stop {
  /** Monotonic milliseconds. */
  from: number
  to: number
}

/** Monotonic time without the stops. */
export interface AwakeClock {
  /** Call it for each stop, in their order. One that begins at the end of the last one continues it. */
  stop(stop: Stop): void
  /** A monotonic time in awake milliseconds. */
  at(time: number): number
  /** The same, but no earlier than the end of the last stop: silence before that is no fault. */
  sinceStop(time: number): number
  /** A delay that the app thread measured, without the stop, if that fell into it. */
  withoutStop(delay: number, heartbeat: number): number
}

export function createAwakeClock(): AwakeClock {
  let stopped = 0
  let last = { length: 0, end: Number.NEGATIVE_INFINITY, reported: true }

  const at = (time: number): number =>
    // A time within the stop counts as its end: everything then happened on waking.
    time >= last.end ? time - stopped : Math.min(time - stopped + last.length, last.end - stopped)

  return {
    at,
    sinceStop: time => at(Math.max(time, last.end)),
    stop({ from, to }) {
      const begin = Math.max(from, last.end)
      if (to <= begin) return
      const length = to - begin + (begin === last.end ? last.length : 0)
      stopped += to - begin
      last = { length, end: to, reported: false }
    },
    withoutStop(delay, heartbeat) {
      if (last.reported) return delay
      // The app thread meets the stop at its first beat afterwards, and a moment later its histogram does. A block of its
      // own takes longer than that moment to look like the stop.
      last.reported = heartbeat >= last.end + Math.min(last.length, settled)
      const rest = delay - last.length
      // A heartbeat is late only from when it was due.
      return rest < -2 * blur ? delay : Math.max(0, rest - blur)
    },
  }
}
