/** Milliseconds. A sample must be overdue by this much before we ask whether the whole process was stopped. */
const noticeable = 5000

/** A running process uses more of the time than this. */
const idleShare = 0.01

/** Monotonic time without the time in which the whole process stood still. */
export interface AwakeClock {
  /**
   * Call it at each sample.
   *
   * @param now monotonic milliseconds
   * @param cpuTime CPU time of the process so far, in milliseconds; `null` when unknown
   * @returns `now` in awake milliseconds
   */
  tick(now: number, cpuTime: number | null): number
  /** A monotonic time in awake milliseconds. */
  at(time: number): number
  /** The same, but no earlier than the end of the last stop: silence before that is no fault. */
  sinceStop(time: number): number
  /** A delay that the app thread measured, without the stop, if that fell into it. */
  withoutStop(delay: number, heartbeat: number): number
}

/**
 * A closed laptop lid, a paused container, a migrated VM and SIGSTOP stop all threads at once. On many platforms the
 * monotonic clock goes on, so that the stop looks like a block of hours. It was a stop if the sampler is overdue itself
 * and the process used no CPU: code that blocks the app thread leaves the sampler running, and code that starves both
 * burns CPU.
 */
export function createAwakeClock(interval: number): AwakeClock {
  let last: { now: number; cpuTime: number | null } | undefined
  let stopped = 0
  let stop = { length: 0, end: Number.NEGATIVE_INFINITY, reported: true }

  const at = (time: number): number =>
    // A time within the stop counts as its end: everything then happened on waking.
    time >= stop.end ? time - stopped : Math.min(time - stopped + stop.length, stop.end - stopped)

  return {
    at,
    sinceStop: time => at(Math.max(time, stop.end)),
    tick: (now, cpuTime) => {
      if (last) {
        const overdue = now - last.now - interval
        const idle = cpuTime !== null && last.cpuTime !== null && cpuTime - last.cpuTime < overdue * idleShare
        if (overdue > noticeable && idle) {
          stopped += overdue
          stop = { length: overdue, end: now, reported: false }
        }
      }
      last = { now, cpuTime }
      return at(now)
    },
    withoutStop: (delay, heartbeat) => {
      if (stop.reported) return delay
      // The app thread meets the stop at its first beat afterwards.
      stop.reported = heartbeat >= stop.end
      return delay >= stop.length ? delay - stop.length : delay
    },
  }
}
