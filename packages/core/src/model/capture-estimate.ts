import type { CaptureKind } from './capture-kind.js'

/** The cost of a capture of one kind, if it were asked for by hand now. */
export interface CaptureEstimate {
  kind: CaptureKind
  /** Whether a trigger may ask for it. */
  enabled: boolean
  /** Why not; or why it would be refused now, and for a heap snapshot, that a heap profile is taken instead. */
  reason: string | null
  /** The app thread stands still for all of it, as other captures must wait. */
  stopsApp: boolean
  /** Milliseconds for which the app thread will stand still, in all; `null` where it cannot be said. */
  expectedPauseMs: number | null
  /** The same in words, and where it comes from. */
  note: string | null
  /** Milliseconds that it lasts by default; `null` for kinds that take no time of their own. */
  duration: number | null
  opensWith: string[]
}
