import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

/** What a dump needs at a time: its directories, the file of each kind that is written just now, `/proc`. */
const held = 10

/**
 * Descriptors that are held so that a dump can be written where the app has taken all others.
 *
 * @param most how many; no more than a twentieth of the limit
 */
export interface Reserve {
  /** Gives them up: a dump begins. */
  release(): void
  /** Holds as many as can be had again. */
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
        // There is none left: the next sample tries again.
      }
    },
  }
}
