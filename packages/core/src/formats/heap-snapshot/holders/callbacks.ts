import type { Functions } from '../functions.js'
import type { HeapGraph } from '../graph.js'
import type { DominatorTree } from './dominators.js'
import type { Kinds } from './kinds.js'

/** The closures of one function of the source that somebody calls back. */
export interface Callbacks {
  closure: number
  /** Of its closures, or of the timers that call one of them. */
  count: number
  /** Bytes that they alone keep alive, by the accumulation that dominates them (0: none). */
  bytes: Map<number, number>
}

/** With fewer of a function, it is no pile of callbacks. */
const fewest = 8

const noOne = 0

/** Within a suspended call, which tells more. */
const ofCall = 0xffff_ffff

/**
 * Timers, listeners, reactions of promises and finalizers are in Node's and V8's own lists, and keep the variables of their
 * closures alive: no object of the app holds them all, but each is of one function. A callback within another one is a part of it,
 * and what another accumulation holds is that one's.
 *
 * @param owner the accumulation of each number
 */
export function findCallbacks(
  graph: HeapGraph,
  tree: DominatorTree,
  kinds: Kinds,
  functions: Functions,
  owner: Uint8Array,
): Callbacks[] {
  const timeout = graph.id('Timeout')
  const found: (Callbacks & { timers: number; closures: number })[] = []
  const byFunction = new Map<number, number>()
  const of = new Uint32Array(tree.count)

  const isTimer = (node: number) => graph.nodeName[node] === timeout && kinds.isThing(node) && !kinds.isClosure(node)

  const isOfApp = (closure: number) => {
    const { file, package: owner } = functions.place(closure)
    return file !== '' && owner !== 'node' && !file.startsWith('node:')
  }

  /** The function that a number is called back by, if it is a callback, a scope of one, or its timer. */
  function closureOf(node: number): number {
    if (kinds.isClosure(node)) return isOfApp(node) ? node : -1
    if (isTimer(node)) {
      const closure = graph.follow(node, 'property', '_onTimeout')
      return closure !== -1 && kinds.isClosure(closure) && isOfApp(closure) ? closure : -1
    }
    if (!kinds.isScope(node)) return -1
    for (const at of tree.retainers(tree.numberOf(node)!)) {
      const closure = tree.node[at]!
      if (!kinds.isClosure(closure) || graph.follow(closure, 'internal', 'context') !== node) continue
      if (isOfApp(closure)) return closure
    }
    return -1
  }

  function numberOf(closure: number, node: number): number {
    const id = functions.identity(closure)
    let number = byFunction.get(id)
    if (number === undefined) {
      number = found.push({ closure, count: 0, timers: 0, closures: 0, bytes: new Map() })
      byFunction.set(id, number)
    }
    const one = found[number - 1]!
    if (isTimer(node)) one.timers++
    else one.closures++
    one.count = Math.max(one.timers, one.closures)
    return number
  }

  for (let at = 1; at < tree.count; at++) {
    const above = of[tree.dominator[at]!]!
    if (above === ofCall || kinds.isSuspended(tree.node[at]!)) of[at] = ofCall
    else if (above !== noOne) of[at] = owner[at] === owner[tree.dominator[at]!] ? above : noOne
    else {
      const closure = closureOf(tree.node[at]!)
      if (closure !== -1) of[at] = numberOf(closure, tree.node[at]!)
    }
    const one = found[of[at]! - 1]
    if (!one) continue
    const { bytes } = one
    bytes.set(owner[at]!, (bytes.get(owner[at]!) ?? 0) + graph.nodeSize[tree.node[at]!]!)
  }
  return found.filter(({ count }) => count >= fewest)
}
