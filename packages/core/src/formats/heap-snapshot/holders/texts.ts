import type { Holders } from '../../../model/holders.js'
import { type HeapGraph, NodeType } from '../graph.js'
import type { DominatorTree } from './dominators.js'

/** Strings that could be one, and strings that live only for a slice of them. Their content is never read. */
export function findInTexts(graph: HeapGraph, tree: DominatorTree): Holders['strings'] {
  return { duplicates: duplicates(graph, tree), sliced: sliced(graph, tree) }
}

/** V8 writes each content once; redaction replaces all by the first string. */
function duplicates({ nodeType, nodeName, nodeSize, strings }: HeapGraph, { count, node }: DominatorTree) {
  const seen = new Uint32Array(strings.count)
  const size = new Float32Array(strings.count)
  let all = 0
  for (let at = 0; at < count; at++) {
    const one = node[at]!
    const name = nodeName[one]!
    // Values of numbers are strings without a size.
    if (nodeType[one] !== NodeType.string || nodeSize[one] === 0) continue
    all++
    // Long strings are cut: those of one beginning and of different lengths are not the same.
    if (seen[name] === 0) size[name] = nodeSize[one]!
    if (size[name] === nodeSize[one]) seen[name]!++
  }
  if (all > 0 && seen[0]! > all / 2) return null
  const found = { count: 0, bytes: 0 }
  for (let name = 1; name < seen.length; name++) {
    if (seen[name]! < 2) continue
    found.count += seen[name]! - 1
    found.bytes += (seen[name]! - 1) * size[name]!
  }
  return { count: found.count, bytes: Math.round(found.bytes) }
}

function sliced(graph: HeapGraph, tree: DominatorTree) {
  const found = { count: 0, bytes: 0 }
  const parents = new Set<number>()
  for (let at = 0; at < tree.count; at++) {
    const slice = tree.node[at]!
    if (graph.nodeType[slice] !== NodeType['sliced string']) continue
    const parent = graph.follow(slice, 'internal', 'parent')
    const number = parent === -1 || parents.has(parent) ? undefined : tree.numberOf(parent)
    if (number === undefined) continue
    parents.add(parent)
    const isSlice = (from: number) => graph.nodeType[tree.node[from]!] === NodeType['sliced string']
    if (!tree.retainers(number).every(isSlice)) continue
    found.count++
    found.bytes += graph.nodeSize[parent]!
  }
  return { count: found.count, bytes: Math.round(found.bytes) }
}
