/** One reading of every metric. `null`: there is no reading (yet, or on this platform). */
export interface Sample {
  /** Epoch milliseconds. */
  at: number
  values: Record<string, number | null>
  /** Milliseconds for which the app thread had not come back to its event loop when the sample was taken. */
  blockedFor?: number
  /** The sample lies within a capture (or right after it), so it is kept out of the history. */
  capturing?: boolean
}
