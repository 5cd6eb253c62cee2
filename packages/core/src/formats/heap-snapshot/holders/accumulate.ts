import { EDGE_TYPES, type HeapGraph, isNumbered } from '../graph.js'
import type { DominatorTree } from './dominators.js'
import type { Kinds } from './kinds.js'

/** A place where memory accumulates. */
export interface Accumulation {
  /** Its number in the dominator tree. */
  at: number
  /** Bytes that it keeps alive, without those of other accumulations. */
  bytes: number
}

/** An accumulation has this share of the heap, */
const share = 0.02

/** and this many bytes. */
const least = 256 * 1024

/** One element of a collection is an accumulation of its own only with this share of the collection. */
const dominant = 0.5

/** Edges that say only where in a collection the target is. */
const NUMBER = /^\d+$/

/**
 * Walks the dominator tree from the root, as long as a node keeps much alive, and charges the bytes to the nearest thing
 * with a name: the elements of an array to the array, the entries of a Map to the Map, the nodes of a linked list to its
 * head, V8's own tables to the object that they belong to.
 */
export function findAccumulations(graph: HeapGraph, tree: DominatorTree, kinds: Kinds): Accumulation[] {
  const { count, node, dominator, retained } = tree
  const least = leastBytes(retained[0] ?? 0)
  const large: number[] = []
  for (let at = 1; at < count; at++) if (retained[at]! >= least) large.push(at)

  /** For each large node, the thing that it is charged to: 0 where it is V8's or Node's own. */
  const charged = new Map<number, number>([[0, 0]])
  const isElement = new Map<number, boolean>([[0, false]])
  const own = new Map<number, number>()
  const charge = (at: number, bytes: number) => own.set(at, (own.get(at) ?? 0) + bytes)

  for (const at of large) {
    const above = dominator[at]!
    const to = charged.get(above) ?? 0
    const edge = edgeBetween(graph, node[above]!, node[at]!)
    // Everything within an element of a collection is a part of it as well.
    const within = edge === 'element' || (isElement.get(above) === true && edge !== 'none')
    const isPart = edge === 'internal' || (within && to !== 0 && retained[at]! < dominant * retained[to]!)
    const isLink = to !== 0 && continues(graph, kinds, node[to]!, node[at]!)
    const isOwn = kinds.isThing(node[at]!) && !(isPart && to !== 0) && !isLink
    charged.set(at, isOwn ? at : to)
    isElement.set(at, within && !isOwn)
    if (!isOwn) continue
    charge(at, retained[at]!)
    charge(to, -retained[at]!)
  }
  return worthTelling(own, charged, dominator, least)
}

/** The bytes from which on a node matters in a heap of such a size. */
export const leastBytes = (total: number): number => Math.max(least, share * total)

/** An amount that is too little for an accumulation goes to the one above. */
function worthTelling(
  own: Map<number, number>,
  charged: Map<number, number>,
  dominator: Uint32Array,
  least: number,
): Accumulation[] {
  const found = new Map([...own].filter(([at]) => at !== 0))
  for (const at of [...found.keys()].sort((a, b) => b - a)) {
    const bytes = found.get(at)!
    if (bytes >= least) continue
    found.delete(at)
    const above = charged.get(dominator[at]!) ?? 0
    if (above !== 0) found.set(above, (found.get(above) ?? 0) + bytes)
  }
  return [...found].map(([at, bytes]) => ({ at, bytes })).sort((a, b) => b.bytes - a.bytes)
}

/** How one node refers to another: by a name, as one of many, as a part of it, or not at all. */
function edgeBetween(graph: HeapGraph, from: number, to: number): 'named' | 'element' | 'internal' | 'none' {
  const { firstEdge, edgeTo, edgeType } = graph
  let found: 'named' | 'element' | 'internal' | 'none' = 'none'
  for (let edge = firstEdge[from]!; edge < firstEdge[from + 1]!; edge++) {
    if (edgeTo[edge] !== to) continue
    const type = EDGE_TYPES[edgeType[edge]!]
    if (type === 'context' || (type === 'property' && graph.label(edge) !== '__proto__')) return 'named'
    if (isNumbered(edgeType[edge]!) || NUMBER.test(graph.label(edge)))
      found = type === 'hidden' ? 'internal' : 'element'
    else if (found === 'none') found = 'internal'
  }
  return found
}

/** Classes that hold others of the same class for many reasons. */
const COMMON = new Set(['Object', 'Array', 'Map', 'Set', 'system / Context', 'Generator', 'Promise'])

/** Whether a thing goes on with another of its class: the nodes of a list or a tree. */
function continues(graph: HeapGraph, kinds: Kinds, from: number, to: number): boolean {
  if (
    !kinds.isThing(from) ||
    graph.nodeName[from] !== graph.nodeName[to] ||
    graph.nodeType[from] !== graph.nodeType[to]
  )
    return false
  return graph.nodeType[from] === 0 && !COMMON.has(graph.name(from))
}
