import type { Block } from '../../link/block.js'
import type { AwakeClock } from './awake.js'

/**
 * `gc`: percent of the time between two publications that went into pauses. Between publications the last value holds.
 * `null` before the second one, and once no publication came for more than `staleAfter` milliseconds: a blocked thread
 * does not count.
 */
export function createGcReader(block: Block, staleAfter: number): (now: number, clock: AwakeClock) => number | null {
  let last: { at: number; paused: number } | undefined
  let value: number | null = null
  return (now, clock) => {
    const at = clock.at(block.get('publishedAt'))
    const paused = block.get('gcPause')
    if (Number.isNaN(at) || Number.isNaN(paused)) {
      last = undefined
      value = null
    } else if (!last || at > last.at) {
      value = last ? Math.min(100, Math.max(0, ((paused - last.paused) / (at - last.at)) * 100)) : null
      last = { at, paused }
    } else if (now - at > staleAfter) {
      return null
    }
    return value
  }
}
