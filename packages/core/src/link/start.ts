import type { Start } from '../model/start.js'
import type { Block } from './block.js'

/** Milliseconds since its beginning after which a program is no longer taken to be starting. */
export const longestStart = 30_000

/** The start as the app thread has last told it; `null` if the program has started. @param now monotonic milliseconds */
export function readStart(block: Pick<Block, 'get'>, now: number): Start | null {
  const until = block.get('startsUntil')
  return Number.isNaN(until) ? null : { ms: now - until + longestStart, isOverdue: now >= until }
}
