import { monotonic } from '../lib/clock/monotonic.js'
import { beatPeriod } from '../link/beat-period.js'
import type { Block } from '../link/block.js'
import type { FrameReader } from './frames/frame-reader.js'

/** An app thread that may be stuck, as the shared block tells, so without asking that thread. */
export interface StuckApp {
  /** Milliseconds by which its heartbeat is overdue. */
  stuckFor(): number
  /** The last heartbeat: it stays the same for as long as one turn of the event loop lasts. */
  heartbeat(): number
  /** Attaches a reader of variables. @param patience milliseconds after which it lets go of an app thread that it has paused */
  open(patience: number): Promise<FrameReader>
  /** Milliseconds for which attaching held up the app thread the last time, in this process. */
  lastAttachMs(): number
}

export function createStuckApp(block: Pick<Block, 'get'>, interval: number, open: StuckApp['open']): StuckApp {
  const heartbeat = () => block.get('heartbeat')
  let lastAttachMs = 0
  return {
    heartbeat,
    stuckFor: () => Math.max(0, monotonic() - heartbeat() - beatPeriod(interval)) || 0,
    async open(patience) {
      const reader = await open(patience)
      lastAttachMs = reader.attachMs
      return reader
    },
    lastAttachMs: () => lastAttachMs,
  }
}
