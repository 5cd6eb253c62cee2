import { monotonic } from '../lib/clock/monotonic.js'
import type { Block } from './block.js'

/**
 * The purpose of a process. `NODE_OPTIONS` also brings the monitor into the processes between a shell and the program:
 * `tsx`, `nodemon`, `cross-env` and their kind start another process and wait for it.
 */
export type Role = 'unknown' | 'works' | 'starts others'

/** Milliseconds after which a process that has started no other is taken to do work of its own. */
const settled = 5000

/** As the app thread sees it in the block: nothing yet, the network, or nothing but processes that it has started. */
const seen = { nothing: 0, network: 1, children: 2 } as const

/** App thread: looks at its open resources. A server counts for good, also when it is closed later. */
export function createActivity(block: Pick<Block, 'store'>): (resources: readonly string[]) => void {
  let serves = false
  return resources => {
    serves ||= resources.includes('TCPServerWrap')
    const network = serves || resources.includes('TCPSocketWrap')
    const children = resources.includes('ProcessWrap')
    block.store('activity', network ? seen.network : children ? seen.children : seen.nothing)
  }
}

/** Monitor thread. @param inherited the monitor came by `NODE_OPTIONS`, which may be meant for another process */
export function createRole(block: Pick<Block, 'load'>, inherited: boolean, now = monotonic): () => Role {
  const began = now()
  return () => {
    const activity = block.load('activity')
    if (!inherited || activity === seen.network) return 'works'
    if (activity === seen.children) return 'starts others'
    return now() - began > settled ? 'works' : 'unknown'
  }
}
