import { createStuckCall, type StuckCall } from './stuck-call.js'

/** Milliseconds between two looks. */
const lookEvery = 500

export interface StuckWatch {
  /**
   * Calls back repeatedly while the app thread is in a system call that does not return; returns a function that ends
   * it.
   */
  whileStuck(hear: (stuck: StuckCall) => void): () => void
  stop(): void
}

/** Looks at the app thread from outside for as long as a dump is captured. */
export function createStuckWatch(clock: () => number): StuckWatch {
  const stuckCall = createStuckCall(clock)
  const listeners = new Set<(stuck: StuckCall) => void>()
  const looking = setInterval(() => {
    const stuck = stuckCall()
    if (stuck) for (const hear of listeners) hear(stuck)
  }, lookEvery)
  looking.unref()
  return {
    whileStuck(hear) {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
    stop: () => clearInterval(looking),
  }
}
