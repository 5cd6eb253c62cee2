import { looksRandom } from '../../../lib/redaction/randomness.js'
import { EDGE_TYPES, type HeapGraph, isNumbered, NodeType } from '../graph.js'

/** How a retainer refers to the next node of a path. */
export type Reference =
  /** A variable of a scope, a property, the name of an export. */
  | { kind: 'variable' | 'property'; name: string }
  /** One of many in a collection. */
  | { kind: 'element' }
  /** A part of it. */
  | { kind: 'part' }

/** An object with more properties than this is used as a Map: their names are data of the app. */
const mostNames = 64

/** Names that people give to properties and variables. Others may be data. */
const NAME = /^(?:[#$\p{L}_][$\p{L}\p{N}_-]{0,59}|<symbol [\w $.:-]{0,60}>)$/u

/** Edges of V8 that say how an object is made, and nothing about its holders. */
const IGNORED = new Set([
  '__proto__',
  'map',
  'constructor',
  'prototype',
  'initial_map',
  'name',
  'shared',
  'code',
  'feedback_cell',
])

export const isFitName = (name: string): boolean => NAME.test(name) && !looksRandom(name, { hex: true })

/** The reference by which `from` keeps `to` that says most to people; `null` if none says anything. */
export function referenceBetween(graph: HeapGraph, from: number, to: number): Reference | null {
  const { firstEdge, edgeTo, edgeType } = graph
  let found: Reference | null = null
  for (let edge = firstEdge[from]!; edge < firstEdge[from + 1]!; edge++) {
    if (edgeTo[edge] !== to) continue
    const type = EDGE_TYPES[edgeType[edge]!]
    const label = graph.label(edge)
    if (type === 'context') return { kind: 'variable', name: label }
    if (type === 'property' && !IGNORED.has(label)) {
      const isName = isFitName(label) && (isGlobal(graph, from) || propertiesOf(graph, from) <= mostNames)
      return isName ? { kind: 'property', name: label } : { kind: 'element' }
    }
    if (type === 'element' || (type === 'internal' && /^\d+$/.test(label))) found = { kind: 'element' }
    else if (type === 'internal' && !IGNORED.has(label)) found ??= { kind: 'part' }
    else if (isNumbered(edgeType[edge]!) && graph.nodeType[from] !== NodeType['object shape'])
      found ??= { kind: 'part' }
  }
  return found
}

/** The global object, in the words of Node and of Chrome. */
export const isGlobal = (graph: HeapGraph, node: number): boolean =>
  graph.nodeType[node] === NodeType.object && /^(?:global|Window)\b/.test(graph.name(node))

function propertiesOf(graph: HeapGraph, node: number): number {
  const code = EDGE_TYPES.indexOf('property')
  let count = 0
  for (let edge = graph.firstEdge[node]!; edge < graph.firstEdge[node + 1]!; edge++)
    if (graph.edgeType[edge] === code) count++
  return count
}
