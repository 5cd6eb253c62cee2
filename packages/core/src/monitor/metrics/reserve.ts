import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

/** Descriptors that a dump needs at a time: its directories, the current file of each kind, `/proc`. */
const held = 10

/**
 * Descriptors in reserve, so that a dump can be written after the app has taken all others.
 *
 * @param most how many; no more than a twentieth of the limit
 */
export interface Reserve {
  /** Releases them: a dump begins. */
  release(): void
  /** Holds as many as are available again. */
  refill(most: number): void
}

export function createReserve(open = () => openSync(devNull, 'r'), close = closeSync): Reserve {
  const descriptors: number[] = []
  return {
    release() {
      for (const descriptor of descriptors.splice(0)) close(descriptor)
    },
    refill(most) {
      try {
        while (descriptors.length < Math.min(held, most)) descriptors.push(open())
      } catch {
        // No descriptor is left: the next sample tries again.
      }
    },
  }
}
