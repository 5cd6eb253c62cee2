import type { StringTable } from './string-table.js'

/** The node types that the analysis distinguishes, those that can hold a promise first; all others are `other`. */
export const NODE_TYPES = [
  'object',
  'closure',
  'array',
  'hidden',
  'code',
  'string',
  'concatenated string',
  'sliced string',
  'number',
  'native',
  'synthetic',
  'object shape',
  'regexp',
] as const

export const NodeType = Object.fromEntries([...NODE_TYPES, 'other'].map((name, code) => [name, code])) as Record<
  (typeof NODE_TYPES)[number] | 'other',
  number
>

export const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'] as const

export type EdgeTypeName = (typeof EDGE_TYPES)[number]

/** Index into `EDGE_TYPES`. */
export type EdgeType = number

/** The snapshot as columns; a node is its row number, an edge is its row number, both from 0. */
export interface GraphColumns {
  nodeType: Uint8Array
  nodeName: Uint32Array
  /** Own sizes in bytes, only where the snapshot is read for them. 24 bits of precision are exact up to 16 MiB. */
  nodeSize: Float32Array
  /** Objects that are marked as detached from their document, and their own bytes. */
  detached: { count: number; bytes: number }
  /** Edges of node n are `firstEdge[n]` up to but not including `firstEdge[n + 1]`. */
  firstEdge: Uint32Array
  edgeType: Uint8Array
  /** A string's index; for `element` and `hidden` edges a plain number. */
  edgeName: Uint32Array
  edgeTo: Uint32Array
  /** Triples of closure, line and column, both from 0, unordered. */
  locations: number[]
  strings: StringTable
  /** The counts that the snapshot announces; unused edges are counted but not kept. */
  nodeCount: number
  edgeCount: number
}

export interface HeapGraph extends GraphColumns {
  name(node: number): string
  /** The edge's name; for `element` and `hidden` edges its number. */
  label(edge: number): string
  /** The target of the first edge of this type and name, or -1. */
  follow(node: number, type: EdgeTypeName, name: string): number
  /** Index of a string, -1 if the snapshot does not have it. */
  id(word: string): number
  /** The targets of the node's edges of this type, in the snapshot's order. */
  targets(node: number, type: EdgeTypeName): number[]
  /** The edges that lead to an object, function, array, or a scope or reaction; `undefined` if more than `limit`. */
  retainers(node: number, limit: number): number[] | undefined
  /** The node that an edge starts from. */
  source(edge: number): number
  /** Text of a string node, joining concatenated ones; empty if it is no string node or its text is unknown. */
  text(node: number): string
  /** Value of a number node, known only in snapshots taken with numeric values. */
  number(node: number): number | undefined
}

export function openGraph(columns: GraphColumns): HeapGraph {
  const { nodeType, nodeName, firstEdge, edgeType, edgeName, edgeTo, strings } = columns
  const ids = new Map<string, number>()
  let incoming: Incoming | undefined

  const idOf = (word: string) => {
    let id = ids.get(word)
    if (id === undefined) {
      id = strings.indexOf(word)
      ids.set(word, id)
    }
    return id
  }

  const graph: HeapGraph = {
    ...columns,
    id: idOf,
    name: node => strings.get(nodeName[node] as number),
    label(edge) {
      const name = edgeName[edge] as number
      return isNumbered(edgeType[edge] as EdgeType) ? String(name) : strings.get(name)
    },
    follow(node, type, name) {
      const code = EDGE_TYPES.indexOf(type)
      const id = isNumbered(code) ? Number(name) : idOf(name)
      for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge++) {
        if (edgeName[edge] === id && edgeType[edge] === code) return edgeTo[edge] as number
      }
      return -1
    },
    targets(node, type) {
      const code = EDGE_TYPES.indexOf(type)
      const found: number[] = []
      for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge++) {
        if (edgeType[edge] === code) found.push(edgeTo[edge] as number)
      }
      return found
    },
    retainers(node, limit) {
      incoming ??= indexIncoming(columns, [idOf('system / PromiseReaction'), idOf('system / ContextCell')])
      const from = incoming.first[node] as number
      const to = incoming.first[node + 1] as number
      return to - from > limit ? undefined : Array.from(incoming.edges.subarray(from, to))
    },
    source: edge => sourceOf(firstEdge, edge),
    text(node) {
      const pieces: string[] = []
      join(node, pieces, 0)
      return pieces.join('')
    },
    number(node) {
      if (node < 0 || nodeType[node] !== NodeType.number) return undefined
      const value = Number.parseFloat(graph.name(graph.follow(node, 'internal', 'value')))
      return Number.isNaN(value) ? undefined : value
    },
  }

  const join = (node: number, pieces: string[], depth: number) => {
    if (node < 0 || depth > 20 || pieces.length > 64) return
    if (nodeType[node] === NodeType.string) pieces.push(graph.name(node))
    else if (nodeType[node] === NodeType['concatenated string']) {
      join(graph.follow(node, 'internal', 'first'), pieces, depth + 1)
      join(graph.follow(node, 'internal', 'second'), pieces, depth + 1)
    }
  }

  return graph
}

export function isNumbered(type: EdgeType): boolean {
  return EDGE_TYPES[type] === 'element' || EDGE_TYPES[type] === 'hidden'
}

interface Incoming {
  first: Uint32Array
  edges: Uint32Array
}

/**
 * The edges by target, made at the first request. It leaves out targets that cannot be part of a chain of waiting
 * (strings, code, `undefined` …): those have most of the edges.
 */
function indexIncoming({ nodeType, nodeName, edgeTo }: GraphColumns, hidden: number[]): Incoming {
  const wanted = new Uint8Array(nodeType.length)
  for (let node = 0; node < wanted.length; node++) {
    const type = nodeType[node] as number
    if (type <= NodeType.array || (type === NodeType.hidden && hidden.includes(nodeName[node] as number)))
      wanted[node] = 1
  }

  const first = new Uint32Array(nodeType.length + 1)
  let total = 0
  for (let edge = 0; edge < edgeTo.length; edge++) {
    const to = edgeTo[edge] as number
    if (wanted[to] === 0) continue
    first[to]!++
    total++
  }
  // Running sums give each node's end; filling from the back turns ends into starts.
  for (let node = 1; node <= nodeType.length; node++) first[node]! += first[node - 1]!
  const edges = new Uint32Array(total)
  for (let edge = edgeTo.length - 1; edge >= 0; edge--) {
    const to = edgeTo[edge] as number
    if (wanted[to] === 1) edges[--first[to]!] = edge
  }
  return { first, edges }
}

/** Binary search for the last node whose edges start at or before `edge`. */
function sourceOf(firstEdge: Uint32Array, edge: number): number {
  let low = 0
  let high = firstEdge.length - 2
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((firstEdge[middle] as number) <= edge) low = middle
    else high = middle - 1
  }
  return low
}
