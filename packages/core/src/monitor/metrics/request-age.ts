import type { Block } from '../../link/block.js'
import type { AwakeClock } from './awake.js'

/**
 * `requestAge`: milliseconds for which the oldest request has waited, 0 if none waits. It keeps growing while the app
 * thread is blocked.
 *
 * @param now awake milliseconds
 */
export function readRequestAge(block: Block, now: number, clock: AwakeClock): number {
  const since = block.get('oldestRequest')
  return Number.isNaN(since) ? 0 : Math.max(0, now - clock.at(since))
}
