/** Milliseconds between two heartbeats of the app thread: a quarter of the sampling interval, 10 to 100. */
export function beatPeriod(interval: number): number {
  return Math.round(Math.min(100, Math.max(10, interval / 4)))
}

/** Milliseconds by which a heartbeat is late when the loop is said to be blocked. */
export const blockedFrom = (period: number) => Math.max(2 * period, 100)
