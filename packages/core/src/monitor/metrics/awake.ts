/** Milliseconds. Witnesses look this often, so a stop was longer than they can prove by up to this much. */
const blur = 100

/** Milliseconds. The app thread tells of a stop no later than this after it. */
const settled = 1000

/** Milliseconds. A thread that was silent for longer than this before a stop was blocked, and may still be. */
const longSilence = 5000

/** Stops that are known one by one. */
const remembered = 100

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
  /** The same, but no earlier than the end of the last stop: a moment's silence before that is no fault. */
  sinceStop(time: number): number
  /** A delay that the app thread measured, without the stop, if that fell into it. */
  withoutStop(delay: number, heartbeat: number): number
}

export function createAwakeClock(): AwakeClock {
  /** The last ones, and the milliseconds of those before. */
  const stops: Stop[] = []
  let before = 0
  let last = { length: 0, from: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY, reported: true }

  // A time within a stop counts as its end: everything then happened on waking.
  const at = (time: number): number =>
    stops.reduce((awake, { from, to }) => awake - Math.max(0, Math.min(time, to) - from), time - before)

  function remember(stop: Stop): void {
    stops.push(stop)
    if (stops.length <= remembered) return
    const oldest = stops.shift() as Stop
    before += oldest.to - oldest.from
  }

  return {
    at,
    sinceStop: time => at(last.from - time > longSilence ? time : Math.max(time, last.end)),
    stop({ from, to }) {
      const begin = Math.max(from, last.end)
      if (to <= begin) return
      remember({ from: begin, to })
      const goesOn = begin === last.end
      last = {
        length: to - begin + (goesOn ? last.length : 0),
        from: goesOn ? last.from : begin,
        end: to,
        reported: false,
      }
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
