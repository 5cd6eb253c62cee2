import { duration } from '../lib/units.js'
import type { createStartGate } from './start-gate.js'
import type { SupervisorParts } from './supervisor-parts.js'

/** Before a monitor thread: looks whether the container has room for it, and looks again later where it has none. */
export function createStartRoom(
  { findCrowded, onError }: Pick<SupervisorParts, 'findCrowded' | 'onError'>,
  gate: ReturnType<typeof createStartGate>,
  say: (degraded: string) => void,
) {
  let looks = 0
  let isSaid = false
  return {
    /** @param later called at the next look */
    isThere(later: () => void): boolean {
      const crowded = findCrowded?.(looks) ?? null
      if (!crowded) {
        isSaid = false
        return true
      }
      const { why, ms, isTurn } = crowded
      const degraded = `${why}; nothing is monitored, and the next look is in ${duration(ms)}`
      say(degraded)
      if (!isTurn) {
        if (!isSaid) onError('start the monitor thread', new Error(degraded))
        isSaid = true
        // Whoever asks for something learns why it is not to be had.
        gate.open()
      }
      looks += 1
      setTimeout(later, ms).unref()
      return false
    },
  }
}
