import type { Stop } from './awake.js'

/** The eyes of a thread that looks whether the process stands still. */
export interface Witness {
  /** Milliseconds between two looks, if nothing is wrong. */
  period: number
  /** Milliseconds. A look must be overdue by this much before it is asked why. */
  noticeable: number
  /** A running process uses more than this part of the time. */
  idleShare: number
  /** Whether it is not the app thread. */
  isApart: boolean
}

/** A thread of our own that looks ten times a second proves stops of half a second. */
export const monitorThread: Witness = { period: 100, noticeable: 250, idleShare: 1 / 3, isApart: true }

/**
 * The app thread cannot tell a stop from a call that blocks it without using the CPU, so only long ones without any use
 * count.
 */
export const appThread = (interval: number): Witness => ({
  period: interval,
  noticeable: 5000,
  idleShare: 0.01,
  isApart: false,
})

/** The facts of one look of the witness. */
export interface Look {
  /** Monotonic milliseconds. */
  now: number
  /** CPU time of the process so far, in milliseconds; `null` if unknown. */
  cpuTime: number | null
  /** For how long the witness has waited for a CPU so far, in milliseconds; `null` if unknown. */
  waited?: number | null
  /** The longest time, in milliseconds, that the app thread is or was late; `null` if it has no heartbeat. */
  appLate?: number | null
}

/**
 * A closed laptop lid, a paused container, a migrated VM and SIGSTOP stop all threads at once. On many platforms the
 * monotonic clock goes on, so that the stop looks like a block. It was a stop if the witness is overdue itself, the app
 * thread is late by the same time, and neither used the CPU or waited for one: code that blocks the app thread leaves the
 * witness running, code that starves both burns CPU, and a busy machine makes them wait.
 *
 * @returns the stop that ended with this look, `null` for none
 */
export function createStopFinder({ period, noticeable, idleShare }: Witness): (look: Look) => Stop | null {
  let last: Look | undefined
  return look => {
    const before = last
    last = look
    if (!before) return null
    const { now, cpuTime, waited, appLate } = look
    const overdue = now - before.now - period
    if (overdue <= noticeable || cpuTime === null || before.cpuTime === null) return null
    if (cpuTime - before.cpuTime >= overdue * idleShare) return null
    if ((waited ?? 0) - (before.waited ?? 0) >= overdue / 2) return null
    if (appLate !== null && appLate !== undefined && appLate < overdue - 2 * period) return null
    return { from: now - overdue, to: now }
  }
}
