import { identityOf } from '../process-identity.js'
import { monotonic } from './monotonic.js'

/**
 * A moment that other processes can date: by a clock that nobody sets, which the processes of one boot of a machine
 * share, and by the wall clock for all others.
 */
export interface Stamp {
  /** Epoch milliseconds. */
  at: number
  /** Milliseconds since some moment of that boot; suspended time does not count everywhere. */
  steady: number
  /** Id of the boot; `null` if the system does not say. */
  boot: string | null
}

/** The source of the time, in a form that tests can set. */
export interface Clocks {
  wall(): number
  steady(): number
  boot: string | null
}

let boot: string | null | undefined

/** The clocks of this machine. */
export function machineClocks(): Clocks {
  boot ??= identityOf().bootId
  return { wall: Date.now, steady: monotonic, boot }
}

export const stampOf = ({ wall, steady, boot }: Clocks): Stamp => ({ at: wall(), steady: steady(), boot })

/**
 * Milliseconds between a moment and now, never less than 0: a moment that seems to be in the future has an unknown age.
 */
export function ageOf(stamp: Stamp, { wall, steady, boot }: Clocks): number {
  const ms = steady() - stamp.steady
  // A container may have a clock of its own: a clock that began later than the stamp says nothing about it.
  if (boot !== null && stamp.boot === boot && ms >= 0) return ms
  return Math.max(0, wall() - stamp.at)
}

/** The range of a `Date`. */
const latest = 8.64e15

/** Whether a value from a file is a stamp as it was written. */
export function isStamp(value: unknown): value is Stamp {
  const { at, steady, boot } = Object(value) as Stamp
  return (
    Number.isFinite(at) &&
    at >= 0 &&
    at <= latest &&
    Number.isFinite(steady) &&
    (boot === null || typeof boot === 'string')
  )
}
