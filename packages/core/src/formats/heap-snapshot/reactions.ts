import { LONGEST_LIST } from './generators.js'
import { EDGE_TYPES, type HeapGraph, NodeType } from './graph.js'

/**
 * Reads V8's bookkeeping of waiters: the reactions of a promise, the handlers of a reaction, and the contexts of those
 * handlers. `promises.ts` makes chains of them.
 */
export function createReactions(graph: HeapGraph) {
  /** One for each waiter of a pending promise, the newest first. */
  function reactionsOf(promise: number): number[] {
    const found: number[] = []
    let reaction = graph.follow(promise, 'internal', 'reactions_or_result')
    for (let length = 0; reaction !== -1 && length < LONGEST_LIST; length++) {
      found.push(reaction)
      reaction = graph.targets(reaction, 'hidden').find(isReaction) ?? -1
    }
    return found
  }

  function isReaction(node: number): boolean {
    return graph.name(node) === 'system / PromiseReaction'
  }

  function isAwaited(promise: number): boolean {
    return promise !== -1 && isReaction(graph.follow(promise, 'internal', 'reactions_or_result'))
  }

  function contextOf(closure: number): number {
    return graph.follow(closure, 'internal', 'context')
  }

  /**
   * The contents of a builtin's scope; V8 names its first slot `extension` or not, depending on how the scope was made.
   */
  function heldBy(handler: number): number[] {
    const context = contextOf(handler)
    const extension = graph.follow(context, 'internal', 'extension')
    const held = graph.targets(context, 'hidden')
    return extension === -1 ? held : [extension, ...held]
  }

  function isGenerator(node: number): boolean {
    return graph.nodeType[node] === NodeType.object && graph.follow(node, 'internal', 'parameters_and_registers') !== -1
  }

  /** The promise that a builtin handler settles: its context holds it, or the capability that does. */
  function settledBy(handler: number): number {
    const held = heldBy(handler)
    const capability = held.find(target => graph.name(target) === 'system / PromiseCapability')
    return firstObject(capability === undefined ? held : graph.targets(capability, 'hidden'))
  }

  /** The promise that `then` or `await` returned, among the targets of its reaction; -1 if there is none. */
  function derivedOf(targets: number[]): number {
    const capability = targets.find(target => graph.name(target) === 'system / PromiseCapability')
    if (capability !== undefined) return firstObject(graph.targets(capability, 'hidden'))
    return targets.find(target => graph.nodeType[target] === NodeType.object && isPromise(target)) ?? -1
  }

  /** The other object that a reaction may hold is the async context frame. */
  function isPromise(node: number): boolean {
    return graph.name(node) === 'Promise' || graph.follow(node, 'internal', 'reactions_or_result') !== -1
  }

  function firstObject(nodes: number[]): number {
    return nodes.find(node => graph.nodeType[node] === NodeType.object) ?? -1
  }

  /** A reaction's slots are next, reject, fulfil, promise; their numbers differ by version, their distance does not. */
  function isRejectHandler(reaction: number, handler: number): boolean {
    let slot = -1
    for (let edge = graph.firstEdge[reaction]!; edge < graph.firstEdge[reaction + 1]!; edge++) {
      if (EDGE_TYPES[graph.edgeType[edge]!] !== 'hidden') continue
      const to = graph.edgeTo[edge]!
      if (to === handler) slot = graph.edgeName[edge]!
      else if (slot !== -1 && graph.nodeType[to] !== NodeType.closure) return graph.edgeName[edge]! - slot === 2
    }
    return false
  }

  /** A module under top-level await settles the promise of its `import`. */
  function modulesOf(handler: number): number[] {
    const module = heldBy(handler).find(node => graph.name(node) === 'system / SourceTextModule')
    return module === undefined ? [] : graph.targets(module, 'hidden').filter(node => graph.name(node) === 'Promise')
  }

  return { reactionsOf, isAwaited, isGenerator, contextOf, heldBy, settledBy, derivedOf, isRejectHandler, modulesOf }
}
