import { setImmediate as nextTurn } from 'node:timers/promises'
import { EDGE_TYPES, type HeapGraph, NodeType } from '../graph.js'

/**
 * The reachable part of a heap, numbered in the order of a depth-first search from the root: a dominator has a smaller
 * number than the nodes that it dominates.
 */
export interface DominatorTree {
  /** Reachable nodes. */
  count: number
  /** The node of a number. */
  node: Uint32Array
  /** The immediate dominator, by number: the last node that all ways from the root lead through. The root's is itself. */
  dominator: Uint32Array
  /** Bytes that would go with a node, by number: its own, and those of all nodes that it dominates. */
  retained: Float64Array
  /** Numbers of the nodes with a strong edge to a node, by number. */
  retainers(number: number): Uint32Array
  /** The number of a node; `undefined` if nothing keeps it alive. */
  numberOf(node: number): number | undefined
}

const NONE = 0xffff_ffff

/**
 * Lengauer and Tarjan, "A fast algorithm for finding dominators in a flowgraph" (TOPLAS 1979), the simple version with
 * path compression: O(edges · log nodes) in the worst case too, where the iterative algorithm of Cooper, Harvey and
 * Kennedy is quadratic on long linked lists (`decisions/314`). Without recursion, and in typed arrays.
 */
export async function findDominators(graph: HeapGraph): Promise<DominatorTree> {
  const strong = strongEdges(graph)
  const { count, number, node, parent } = depthFirst(graph, strong)
  await nextTurn()
  const incoming = indexRetainers(graph, strong, number, node, count)
  await nextTurn()
  const dominator = lengauerTarjan(count, parent, incoming)

  const retained = new Float64Array(count)
  for (let at = 0; at < count; at++) retained[at] = graph.nodeSize[node[at]!]!
  for (let at = count - 1; at > 0; at--) retained[dominator[at]!]! += retained[at]!
  return {
    count,
    node,
    dominator,
    retained,
    retainers: at => incoming.from.subarray(incoming.first[at], incoming.first[at + 1]),
    numberOf: of => (number[of] === NONE ? undefined : number[of]),
  }
}

/**
 * Of a WeakMap V8 writes two edges to each value, from the key and from the table, since it takes both to keep the value
 * alive. The key is the one that people can do something about.
 */
function strongEdges({ edgeType, edgeName, nodeType, strings, firstEdge }: HeapGraph): (edge: number) => boolean {
  const internal = EDGE_TYPES.indexOf('internal')
  const ofTable = new Set<number>()
  for (let node = 0; node < nodeType.length; node++) {
    if (nodeType[node] !== NodeType.array && nodeType[node] !== NodeType.hidden) continue
    for (let edge = firstEdge[node]!; edge < firstEdge[node + 1]!; edge++)
      if (edgeType[edge] === internal && strings.contains(edgeName[edge]!, WEAK_ENTRY)) ofTable.add(edge)
  }
  return edge => !ofTable.has(edge)
}

/** Part of V8's name for such an edge, and of its redacted form. */
const WEAK_ENTRY = 'part of key'

function depthFirst({ nodeCount, firstEdge, edgeTo }: HeapGraph, strong: (edge: number) => boolean) {
  const number = new Uint32Array(nodeCount).fill(NONE)
  const node = new Uint32Array(nodeCount)
  const parent = new Uint32Array(nodeCount)
  const cursor = new Uint32Array(nodeCount)
  let count = 0
  if (nodeCount === 0) return { count, number, node, parent }
  const visit = (one: number, from: number) => {
    number[one] = count
    node[count] = one
    parent[count] = from
    cursor[count] = firstEdge[one]!
    count++
  }
  visit(0, 0)
  for (let at = 0; ; ) {
    const end = firstEdge[node[at]! + 1]!
    let edge = cursor[at]!
    while (edge < end && (number[edgeTo[edge]!] !== NONE || !strong(edge))) edge++
    cursor[at] = edge + 1
    if (edge < end) {
      visit(edgeTo[edge]!, at)
      at = count - 1
    } else if (at === 0) break
    else at = parent[at]!
  }
  return { count, number, node, parent }
}

interface Incoming {
  first: Uint32Array
  from: Uint32Array
}

function indexRetainers(
  { firstEdge, edgeTo }: HeapGraph,
  strong: (edge: number) => boolean,
  number: Uint32Array,
  node: Uint32Array,
  count: number,
): Incoming {
  const first = new Uint32Array(count + 1)
  const each = (see: (from: number, to: number) => void) => {
    for (let from = 0; from < count; from++) {
      const end = firstEdge[node[from]! + 1]!
      for (let edge = firstEdge[node[from]!]!; edge < end; edge++) if (strong(edge)) see(from, number[edgeTo[edge]!]!)
    }
  }
  each((_, to) => {
    first[to]!++
  })
  // Running sums give each node's end; filling from the back turns ends into starts.
  for (let at = 1; at <= count; at++) first[at]! += first[at - 1]!
  const from = new Uint32Array(first[count]!)
  each((source, to) => {
    from[--first[to]!] = source
  })
  return { first, from }
}

function lengauerTarjan(count: number, ancestor: Uint32Array, { first, from }: Incoming): Uint32Array {
  const semi = new Uint32Array(count)
  const label = new Uint32Array(count)
  for (let at = 0; at < count; at++) semi[at] = label[at] = at
  // A node waits in the bucket of its semidominator until its dominator is known: the two share an array.
  const dominator = new Uint32Array(count)
  const bucket = new Uint32Array(count).fill(NONE)
  const path = new Uint32Array(count)
  /** Nodes from here on are linked to their parents in the forest. */
  let linked = count

  const evaluate = (at: number): number => {
    if (at < linked) return at
    let length = 0
    let top = at
    while (ancestor[top]! >= linked) {
      path[length++] = top
      top = ancestor[top]!
    }
    while (length > 0) {
      const below = path[--length]!
      const above = ancestor[below]!
      if (semi[label[above]!]! < semi[label[below]!]!) label[below] = label[above]!
      ancestor[below] = ancestor[above]!
    }
    return label[at]!
  }

  for (let at = count - 1; at > 0; at--) {
    let least = semi[at]!
    for (let index = first[at]!; index < first[at + 1]!; index++) {
      const found = semi[evaluate(from[index]!)]!
      if (found < least) least = found
    }
    semi[at] = least
    dominator[at] = bucket[least]!
    bucket[least] = at
    const parent = ancestor[at]!
    linked = at
    for (let waiting = bucket[parent]!; waiting !== NONE; ) {
      const next = dominator[waiting]!
      const least = evaluate(waiting)
      dominator[waiting] = semi[least]! < parent ? least : parent
      waiting = next
    }
    bucket[parent] = NONE
  }
  for (let at = 1; at < count; at++) if (dominator[at] !== semi[at]) dominator[at] = dominator[dominator[at]!]!
  return dominator
}
