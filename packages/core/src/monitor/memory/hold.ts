import type { AppLink } from '../../link/app-link.js'
import type { Block } from '../../link/block.js'

/** Milliseconds. The app thread is held no longer than this. A dump is on a healthy disk within 50. */
const longestHold = 1000

/**
 * Holds the app thread, which is about to run out of heap, until its dump is on disk: then call the returned function.
 * Nothing else can be asked of that thread meanwhile.
 */
export function holdApp(block: Block, link: AppLink): () => void {
  block.store('holding', 1)
  link.call('memory.hold', longestHold).catch(() => {}) // The hold failed; the dump is written all the same.
  return () => block.store('holding', 0)
}
