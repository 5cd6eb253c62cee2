import type { Functions } from '../functions.js'
import type { HeapGraph } from '../graph.js'
import type { DominatorTree } from './dominators.js'
import type { Kinds } from './kinds.js'

/** The suspended calls of one function. */
export interface SuspendedCalls {
  /** The number of one of them. */
  at: number
  closure: number
  count: number
  /** Bytes that their variables keep alive, by the accumulation that dominates them (0: none). */
  bytes: Map<number, number>
}

/**
 * Hundreds of suspended calls keep their variables alive by as many timers, sockets and promises: there is no one object
 * that holds them all, but one function. A call within another one is a part of it.
 *
 * @param owner the accumulation of each number
 */
export function findSuspended(
  graph: HeapGraph,
  tree: DominatorTree,
  kinds: Kinds,
  functions: Functions,
  owner: Uint8Array,
): SuspendedCalls[] {
  const within = new Uint8Array(tree.count)
  const found = new Map<number, SuspendedCalls>()
  for (let at = 1; at < tree.count; at++) {
    within[at] = within[tree.dominator[at]!]!
    if (within[at] === 1 || !kinds.isSuspended(tree.node[at]!)) continue
    within[at] = 1
    const closure = graph.follow(tree.node[at]!, 'internal', 'function')
    if (closure === -1) continue
    const id = functions.identity(closure)
    const calls = found.get(id) ?? { at, closure, count: 0, bytes: new Map<number, number>() }
    calls.count++
    calls.bytes.set(owner[at]!, (calls.bytes.get(owner[at]!) ?? 0) + tree.retained[at]!)
    found.set(id, calls)
  }
  return [...found.values()]
}
