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
  /** Bytes that their variables alone keep alive, by the accumulation that dominates them (0: none). */
  bytes: Map<number, number>
}

const noOne = 0

/** Within a call, and no part of it. */
const ofOther = 0xffff_ffff

/**
 * Hundreds of suspended calls keep their variables alive by as many timers, sockets and promises: there is no one object
 * that holds them all, but one function. A call within another one is a part of it; what another accumulation holds is that one's.
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
  const found: SuspendedCalls[] = []
  const byFunction = new Map<number, number>()
  const of = new Uint32Array(tree.count)

  /** From 1. */
  function numberOf(at: number, closure: number): number {
    const id = functions.identity(closure)
    const number = byFunction.get(id) ?? found.push({ at, closure, count: 0, bytes: new Map() })
    byFunction.set(id, number)
    found[number - 1]!.count++
    return number
  }

  for (let at = 1; at < tree.count; at++) {
    const dominator = tree.dominator[at]!
    const above = of[dominator]!
    if (above !== noOne) of[at] = owner[at] === owner[dominator] ? above : ofOther
    else if (kinds.isSuspended(tree.node[at]!)) {
      const closure = graph.follow(tree.node[at]!, 'internal', 'function')
      of[at] = closure === -1 ? ofOther : numberOf(at, closure)
    }
    const bytes = found[of[at]! - 1]?.bytes
    bytes?.set(owner[at]!, (bytes.get(owner[at]!) ?? 0) + graph.nodeSize[tree.node[at]!]!)
  }
  return found
}
