import { type HeapGraph, NodeType } from '../graph.js'

/** The name of a node of the heap for people. */
export interface Kinds {
  /** An object, function, scope or suspended call; the others are V8's parts of those. */
  isThing(node: number): boolean
  isScope(node: number): boolean
  isClosure(node: number): boolean
  /** A suspended call of an async function or generator. */
  isSuspended(node: number): boolean
  /** The content of Buffers, outside of the JavaScript heap. */
  isExternal(node: number): boolean
  /** `undefined`, `null`, booleans and marks of empty places. */
  isNothing(node: number): boolean
  /** The class of a thing; a word for all others. */
  className(node: number): string
}

const WORDS = new Map([
  [NodeType.string, '(string)'],
  [NodeType['concatenated string'], '(concatenated string)'],
  [NodeType['sliced string'], '(sliced string)'],
  [NodeType.number, '(number)'],
  [NodeType.code, '(code)'],
  [NodeType['object shape'], '(object shape)'],
  [NodeType.array, '(array)'],
  [NodeType.closure, 'Function'],
  [NodeType.regexp, 'RegExp'],
  [NodeType.synthetic, '(root)'],
  [NodeType.hidden, '(system)'],
  [NodeType.other, '(system)'],
])

export function createKinds(graph: HeapGraph): Kinds {
  const { nodeType, nodeName } = graph
  const scope = graph.id('system / Context')
  const suspended = graph.id('Generator')
  const external = graph.id('system / JSArrayBufferData')
  const oddballs = new Set(
    ['system / Oddball', 'system / Hole', 'undefined', 'null', 'true', 'false', 'hole', 'the_hole'].map(graph.id),
  )
  const isObject = (node: number) => nodeType[node] === NodeType.object

  return {
    isThing: node => isObject(node) || nodeType[node] === NodeType.closure,
    isScope: node => isObject(node) && nodeName[node] === scope,
    isClosure: node => nodeType[node] === NodeType.closure,
    isSuspended: node =>
      isObject(node) &&
      nodeName[node] === suspended &&
      graph.follow(node, 'internal', 'parameters_and_registers') !== -1,
    isExternal: node => nodeType[node] === NodeType.native && nodeName[node] === external,
    isNothing: node => nodeType[node] === NodeType.hidden && oddballs.has(nodeName[node]!),
    className(node) {
      if (isObject(node)) return graph.name(node) || '(no name)'
      if (nodeType[node] !== NodeType.native) return WORDS.get(nodeType[node]!) ?? '(system)'
      return nodeName[node] === external ? '(bytes of Buffers)' : '(native)'
    },
  }
}
