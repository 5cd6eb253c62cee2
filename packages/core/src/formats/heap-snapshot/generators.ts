import { EDGE_TYPES, type HeapGraph, NodeType } from './graph.js'

/** Longest list of waiters on one promise, or of consumers of one generator, that is followed. */
export const LONGEST_LIST = 1_000_000

/** Pending promises with waiters, and async functions and generators: one pass over all edges. */
export function scan(graph: HeapGraph): { awaited: number[]; generators: number[] } {
  const { firstEdge, edgeType, edgeName, edgeTo, nodeName } = graph
  const internal = EDGE_TYPES.indexOf('internal')
  const reactions = graph.id('reactions_or_result')
  const registers = graph.id('parameters_and_registers')
  const reaction = graph.id('system / PromiseReaction')
  const awaited: number[] = []
  const generators: number[] = []
  for (let node = 0; node < graph.nodeType.length; node++) {
    const end = firstEdge[node + 1] as number
    for (let edge = firstEdge[node] as number; edge < end; edge++) {
      if (edgeType[edge] !== internal) continue
      const name = edgeName[edge]
      // A settled promise has its result there.
      if (name === reactions && nodeName[edgeTo[edge] as number] === reaction) awaited.push(node)
      else if (name === registers && !isSynchronous(graph, node)) generators.push(node)
    }
  }
  return { awaited, generators }
}

function isSynchronous(graph: HeapGraph, generator: number): boolean {
  const closure = graph.follow(generator, 'internal', 'function')
  return closure === -1 || graph.name(graph.follow(closure, 'property', '__proto__')) === 'GeneratorFunction'
}

/** The promise of an async function; for an async generator, the promises that it owes to callers of `next()`. */
export function promisesOf(graph: HeapGraph, generator: number): number[] {
  const found: number[] = []
  for (const target of graph.targets(generator, 'hidden')) {
    const name = graph.name(target)
    if (name === 'Promise' && graph.nodeType[target] === NodeType.object) found.push(target)
    else if (name === 'system / AsyncGeneratorRequest') found.push(...promisesOfRequests(graph, target))
  }
  return found
}

function promisesOfRequests(graph: HeapGraph, first: number): number[] {
  const found: number[] = []
  let request = first
  for (let length = 0; request !== -1 && length < LONGEST_LIST; length++) {
    const targets = graph.targets(request, 'hidden')
    // The value given to `next(value)` may be a promise too, and comes before the request's own.
    const promise = targets.findLast(target => graph.name(target) === 'Promise')
    if (promise !== undefined) found.push(promise)
    request = targets.find(target => graph.name(target) === 'system / AsyncGeneratorRequest') ?? -1
  }
  return found
}
