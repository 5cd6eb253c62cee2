import { identityOf } from '../process-identity.js'
import { monotonic } from './monotonic.js'

/**
 * A moment that other processes can date: by a clock that nobody sets, which the processes of one boot of a machine share,
 * and by the clock on the wall, for all others.
 */
export interface Stamp {
  /** Epoch milliseconds. */
  at: number
  /** Milliseconds since some moment of that boot; suspended time does not count everywhere. */
  steady: number
  /** Which boot; `null` where the system does not say. */
  boot: string | null
}

/** What tells the time, in a form that tests can set. */
export interface Clocks {
  wall(): number
  steady(): number
  boot: string | null
}

let boot: string | null | undefined

/** Those of this machine. */
export function machineClocks(): Clocks {
  boot ??= identityOf().bootId
  return { wall: Date.now, steady: monotonic, boot }
}

export const stampOf = ({ wall, steady, boot }: Clocks): Stamp => ({ at: wall(), steady: steady(), boot })

/** Milliseconds between a moment and now, never less than 0: of a moment that seems to come yet nobody knows more. */
export function ageOf(stamp: Stamp, { wall, steady, boot }: Clocks): number {
  const ms = steady() - stamp.steady
  // A container may have a clock of its own: one that has begun later than the stamp says nothing of it.
  if (boot !== null && stamp.boot === boot && ms >= 0) return ms
  return Math.max(0, wall() - stamp.at)
}

/** What a `Date` can hold. */
const latest = 8.64e15

/** Whether that comes from a file as it was written. */
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
