import type { Functions } from './functions.js'
import { EDGE_TYPES, type HeapGraph, NodeType } from './graph.js'

/** One frame of an async stack, before it is spelled out: what kind, and which function if it is one. */
export interface Frame {
  kind: FrameKind
  /** -1 for `Promise.all` and its kind. */
  closure: number
}

/**
 * `async`, `async generator` and `module` (top-level await) are suspended functions; `then`, `catch` and `finally` are
 * handlers that will run; the others stand for the call of that name.
 */
export type FrameKind =
  | 'async'
  | 'async generator'
  | 'module'
  | 'then'
  | 'catch'
  | 'finally'
  | 'Promise.all'
  | 'Promise.allSettled'
  | 'Promise.any'
  | 'Promise.race'

/** What settles when the promise in question does: at most one frame further out. */
export interface Step {
  frame: Frame | undefined
  /** The promise that is settled in its turn, -1 where the chain ends. */
  to: number
  /** The suspended function that goes on, -1 if it is none. */
  generator: number
}

/** Who waits for whom. */
export interface PromiseGraph {
  /** Pending promises that somebody waits for. */
  awaited: number[]
  /** Suspended async functions and generators. */
  suspended: Set<number>
  /** The async function, suspended or not, whose promise this is; -1 if none. */
  owner(promise: number): number
  frameOf(generator: number): Frame
  promisesOf(generator: number): number[]
  /** Outwards from a pending promise, one step for each that waits for it. */
  steps(promise: number): Step[]
}

/** Longest list of waiters on one promise, or of consumers of one generator, that is followed. */
const LONGEST_LIST = 1_000_000

export function findPromises(graph: HeapGraph, functions: Functions): PromiseGraph {
  const { awaited, generators } = scan(graph)
  const owners = new Map<number, number>()
  for (const generator of generators) for (const promise of promisesOf(generator)) owners.set(promise, generator)

  const known = new Map<number, Step[]>()
  /** Steps by the resolving functions of another promise: `Promise.race`, or `then(resolve, reject)` by hand. */
  const handedOn: Step[] = []
  const suspended = new Set<number>()
  for (const promise of awaited) {
    const steps = reactionsOf(promise).flatMap(reaction => stepsOf(reaction))
    known.set(promise, steps)
    for (const step of steps) if (step.generator !== -1) suspended.add(step.generator)
  }
  markRaces(handedOn)

  /** The promise of an async function; those that an async generator owes to callers of `next()`. */
  function promisesOf(generator: number): number[] {
    const found: number[] = []
    for (const target of graph.targets(generator, 'hidden')) {
      const name = graph.name(target)
      if (name === 'Promise' && graph.nodeType[target] === NodeType.object) found.push(target)
      else if (name === 'system / AsyncGeneratorRequest') found.push(...promisesOfRequests(target))
    }
    return found
  }

  function promisesOfRequests(first: number): number[] {
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

  /**
   * What a reaction leads to is told by its two handlers: those of `await` have the suspended function in their
   * context, those of `Promise.all` and its kind the promise of the call, and handlers written in JS settle the
   * promise that their `then` returned.
   */
  function stepsOf(reaction: number): Step[] {
    const targets = graph.targets(reaction, 'hidden')
    const handlers = targets.filter(target => graph.nodeType[target] === NodeType.closure)

    for (const handler of handlers) {
      const generator = graph.follow(contextOf(handler), 'internal', 'extension')
      if (generator !== -1 && graph.follow(generator, 'internal', 'function') !== -1) return resume(generator)
      const builtin = functions.builtin(handler)
      const combinator = combinatorOf(builtin)
      if (combinator) return [{ frame: { kind: combinator, closure: -1 }, to: settledBy(handler), generator: -1 }]
      if (builtin.startsWith('CallAsyncModule')) return modulesOf(handler).map(to => ({ frame: undefined, to, generator: -1 }))
    }

    const resolver = handlers.find(handler => functions.builtin(handler).startsWith('PromiseCapabilityDefault'))
    const derived = derivedOf(targets)
    const steps: Step[] = [{ frame: frameOfHandlers(reaction, handlers), to: derived, generator: -1 }]
    if (resolver !== undefined) {
      const passed: Step = { frame: undefined, to: settledBy(resolver), generator: -1 }
      handedOn.push(passed)
      steps.unshift(passed)
    }
    // A promise that nobody waits for, and no handler of the program's to run: not a chain.
    return steps.filter(step => step.frame || (step.to !== -1 && graph.follow(step.to, 'internal', 'reactions_or_result') !== -1))
  }

  function resume(generator: number): Step[] {
    const promises = promisesOf(generator)
    const frame = frameOf(generator)
    return promises.length === 0
      ? [{ frame, to: -1, generator }]
      : promises.map(promise => ({ frame, to: promise, generator }))
  }

  function contextOf(closure: number): number {
    return graph.follow(closure, 'internal', 'context')
  }

  /** The promise that a builtin handler settles: its context holds it, or the capability that does. */
  function settledBy(handler: number): number {
    const held = graph.targets(contextOf(handler), 'hidden')
    const capability = held.find(target => graph.name(target) === 'system / PromiseCapability')
    return firstObject(capability === undefined ? held : graph.targets(capability, 'hidden'))
  }

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

  /** Handlers inside Node itself are left out: the functions around them say it better. */
  function frameOfHandlers(reaction: number, handlers: number[]): Frame | undefined {
    for (const handler of handlers) {
      const builtin = functions.builtin(handler)
      if (builtin === 'PromiseThenFinally' || builtin === 'PromiseCatchFinally') {
        const onFinally = graph.targets(contextOf(handler), 'hidden').find(node => graph.nodeType[node] === NodeType.closure)
        return onFinally === undefined ? undefined : shown({ kind: 'finally', closure: onFinally })
      }
    }
    const own = handlers.filter(handler => functions.builtin(handler) === '')
    // V8 keeps the handler for rejection before the one for fulfilment.
    const last = own.at(-1)
    return last === undefined ? undefined : shown({ kind: isRejectHandler(reaction, last) ? 'catch' : 'then', closure: last })
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

  function shown(frame: Frame): Frame | undefined {
    return functions.place(frame.closure).file.startsWith('node:') ? undefined : frame
  }

  function frameOf(generator: number): Frame {
    const closure = graph.follow(generator, 'internal', 'function')
    const { function: name, line, column } = functions.place(closure)
    if (name === '(anonymous)' && line === 1 && column === 1) return { kind: 'module', closure }
    const requests = graph.targets(generator, 'hidden').some(node => graph.name(node) === 'system / AsyncGeneratorRequest')
    return { kind: requests ? 'async generator' : 'async', closure }
  }

  /** A module under top-level await settles the promise of its `import`. */
  function modulesOf(handler: number): number[] {
    const module = graph.targets(contextOf(handler), 'hidden').find(node => graph.name(node) === 'system / SourceTextModule')
    return module === undefined ? [] : graph.targets(module, 'hidden').filter(node => graph.name(node) === 'Promise')
  }

  return {
    awaited,
    suspended,
    owner: promise => owners.get(promise) ?? -1,
    frameOf,
    promisesOf,
    steps: promise => known.get(promise) ?? [],
  }
}

function combinatorOf(builtin: string): FrameKind | undefined {
  if (builtin.startsWith('PromiseAllSettled')) return 'Promise.allSettled'
  if (builtin.startsWith('PromiseAll')) return 'Promise.all'
  if (builtin.startsWith('PromiseAny')) return 'Promise.any'
  return undefined
}

/** A race leaves no trace of its own, but several promises that settle one and the same are racing. */
function markRaces(handedOn: Step[]): void {
  const runners = new Map<number, number>()
  for (const { to } of handedOn) runners.set(to, (runners.get(to) ?? 0) + 1)
  for (const step of handedOn) {
    if ((runners.get(step.to) as number) > 1) step.frame = { kind: 'Promise.race', closure: -1 }
  }
}

/** One pass over all edges. */
function scan(graph: HeapGraph): { awaited: number[]; generators: number[] } {
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
