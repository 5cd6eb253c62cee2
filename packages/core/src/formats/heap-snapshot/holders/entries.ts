import { EDGE_TYPES, type HeapGraph } from '../graph.js'
import type { Kinds } from './kinds.js'

/** Places of an entry in V8's ordered tables: key, value and the next of the same hash; a Set has no values. */
const strides = { Map: 3, Set: 2 } as const

/** An object with more properties is used as a Map. */
const mostProperties = 64

/** The number of things in a collection; `null` if the node is none. */
export function entriesOf(graph: HeapGraph, kinds: Kinds, node: number): number | null {
  const elements = count(graph, node, 'element')
  const name = graph.name(node)
  if (elements > 0 || name === 'Array') return elements
  const table = graph.follow(node, 'internal', 'table')
  if (table !== -1) return inTable(graph, kinds, table, name.endsWith('Set') ? strides.Set : strides.Map)
  const properties = count(graph, node, 'property')
  return properties > mostProperties ? properties - 1 : null
}

const count = (graph: HeapGraph, node: number, type: 'element' | 'property') => graph.targets(node, type).length

/** Keys or values may be numbers, which are no nodes: the more numerous of the two counts. */
function inTable(graph: HeapGraph, kinds: Kinds, table: number, stride: number): number {
  const internal = EDGE_TYPES.indexOf('internal')
  const byPlace = new Array<number>(stride).fill(0)
  for (let edge = graph.firstEdge[table]!; edge < graph.firstEdge[table + 1]!; edge++) {
    if (graph.edgeType[edge] !== internal || kinds.isNothing(graph.edgeTo[edge]!)) continue
    const place = Number(graph.label(edge))
    if (Number.isInteger(place)) byPlace[place % stride]!++
  }
  return Math.max(...byPlace)
}
