import type { FrameKind } from '../../model/async-stacks.js'
import type { Functions } from './functions.js'
import { promisesOf, scan } from './generators.js'
import { type HeapGraph, NodeType } from './graph.js'
import { createReactions } from './reactions.js'

/** One frame of an async stack, before it is spelled out: its kind, and its function if it has one. */
export interface Frame {
  kind: FrameKind
  /** -1 for `Promise.all` and its kind. */
  closure: number
}

/** The thing that settles when the promise in question does: at most one frame further out. */
export interface Step {
  frame: Frame | undefined
  /** The promise that settles next, -1 at the end of the chain. */
  to: number
  /** The suspended function that goes on, -1 if there is none. */
  generator: number
}

/** The graph of waiting. */
export interface PromiseGraph {
  /** Pending promises with waiters. */
  awaited: number[]
  /** Suspended async functions and generators. */
  suspended: Set<number>
  /** The async function, suspended or not, that owns this promise; -1 if none. */
  owner(promise: number): number
  frameOf(generator: number): Frame
  promisesOf(generator: number): number[]
  /** Outwards from a pending promise, one step for each of its waiters. */
  steps(promise: number): Step[]
}

/** A scope with more holders than this does not belong to one call. */
const MOST_CLOSURES = 6

export function findPromises(graph: HeapGraph, functions: Functions): PromiseGraph {
  const { awaited, generators } = scan(graph)
  const { reactionsOf, isAwaited, isGenerator, contextOf, heldBy, settledBy, derivedOf, isRejectHandler, modulesOf } =
    createReactions(graph)
  const owners = new Map<number, number>()
  for (const generator of generators) for (const promise of promisesOf(graph, generator)) owners.set(promise, generator)

  const known = new Map<number, Step[]>()
  /** Steps by the resolving functions of another promise: `Promise.race`, or `then(resolve, reject)` by hand. */
  const handedOn: Step[] = []
  const suspended = new Set<number>()
  for (const promise of awaited) {
    const steps = reactionsOf(promise).flatMap(stepsOf)
    known.set(promise, steps)
    for (const step of steps) if (step.generator !== -1) suspended.add(step.generator)
  }
  markRaces(handedOn)

  /**
   * The two handlers of a reaction tell its target: those of `await` have the suspended function in their context,
   * those of `Promise.all` and its kind the promise of the call, and handlers written in JS settle the promise that
   * their `then` returned.
   */
  function stepsOf(reaction: number): Step[] {
    const targets = graph.targets(reaction, 'hidden')
    const handlers = targets.filter(target => graph.nodeType[target] === NodeType.closure)

    for (const handler of handlers) {
      const builtin = functions.builtin(handler)
      if (builtin === '') continue
      const generator = heldBy(handler).find(isGenerator)
      if (generator !== undefined) return resume(generator)
      const combinator = combinatorOf(builtin)
      if (combinator) return [{ frame: { kind: combinator, closure: -1 }, to: settledBy(handler), generator: -1 }]
      if (builtin.startsWith('CallAsyncModule'))
        return modulesOf(handler).map(to => ({ frame: undefined, to, generator: -1 }))
    }

    const frame = frameOfHandlers(reaction, handlers)
    const steps: Step[] = [{ frame, to: derivedOf(targets), generator: -1 }]
    for (const handler of handlers) {
      for (const promise of resolvedFrom(contextOf(handler))) steps.push({ frame, to: promise, generator: -1 })
    }
    const resolver = handlers.find(handler => functions.builtin(handler).startsWith('PromiseCapabilityDefault'))
    if (resolver !== undefined) {
      const passed: Step = { frame: undefined, to: settledBy(resolver), generator: -1 }
      handedOn.push(passed)
      steps.push(passed)
    }
    const onwards = steps.filter(step => isAwaited(step.to))
    // The handlers alone are a chain too: `promise.then(work)` without a waiter.
    return onwards.length > 0 || !frame ? onwards : steps.slice(0, 1)
  }

  /**
   * Promises that a handler will settle because it closes over their resolve function, as in `new Promise(resolve =>
   * other.then(value => resolve(value)))`. A scope that many share belongs to a module.
   */
  function resolvedFrom(context: number): number[] {
    if (context === -1 || !graph.retainers(context, MOST_CLOSURES)) return []
    return resolvers(graph.targets(context, 'context'))
  }

  function resolvers(held: number[]): number[] {
    return held
      .filter(node => graph.nodeType[node] === NodeType.closure)
      .filter(closure => functions.builtin(closure) === 'PromiseCapabilityDefaultResolve')
      .map(settledBy)
      .filter(isAwaited)
  }

  /** A suspended function goes on to settle its own promise, and any promise whose resolve function it was given. */
  function resume(generator: number): Step[] {
    const frame = frameOf(generator)
    const registers = graph.follow(generator, 'internal', 'parameters_and_registers')
    const promises = [
      ...promisesOf(graph, generator).filter(isAwaited),
      ...new Set(resolvers(graph.targets(registers, 'internal'))),
    ]
    return (promises.length === 0 ? [-1] : promises).map(to => ({ frame, to, generator }))
  }

  /** Handlers inside Node itself are left out: the functions around them are more informative. */
  function frameOfHandlers(reaction: number, handlers: number[]): Frame | undefined {
    for (const handler of handlers) {
      const builtin = functions.builtin(handler)
      if (builtin === 'PromiseThenFinally' || builtin === 'PromiseCatchFinally') {
        const onFinally = heldBy(handler).find(node => graph.nodeType[node] === NodeType.closure)
        return onFinally === undefined ? undefined : shown({ kind: 'finally', closure: onFinally })
      }
    }
    const own = handlers.filter(handler => functions.builtin(handler) === '')
    // V8 keeps the handler for rejection before the one for fulfilment.
    const last = own.at(-1)
    return last === undefined
      ? undefined
      : shown({ kind: isRejectHandler(reaction, last) ? 'catch' : 'then', closure: last })
  }

  function shown(frame: Frame): Frame | undefined {
    return functions.place(frame.closure).file.startsWith('node:') ? undefined : frame
  }

  function frameOf(generator: number): Frame {
    const closure = graph.follow(generator, 'internal', 'function')
    const { function: name, line, column } = functions.place(closure)
    if (name === '(anonymous)' && line === 1 && column === 1) return { kind: 'module', closure }
    const requests = graph
      .targets(generator, 'hidden')
      .some(node => graph.name(node) === 'system / AsyncGeneratorRequest')
    return { kind: requests ? 'async generator' : 'async', closure }
  }

  return {
    awaited,
    suspended,
    owner: promise => owners.get(promise) ?? -1,
    frameOf,
    promisesOf: generator => promisesOf(graph, generator),
    steps: promise => known.get(promise) ?? [],
  }
}

/** A race leaves no trace of its own, but several promises that settle the same one are racing. */
function markRaces(handedOn: Step[]): void {
  const runners = new Map<number, number>()
  for (const { to } of handedOn) runners.set(to, (runners.get(to) ?? 0) + 1)
  for (const step of handedOn) {
    if ((runners.get(step.to) as number) > 1) step.frame = { kind: 'Promise.race', closure: -1 }
  }
}

function combinatorOf(builtin: string): FrameKind | undefined {
  if (builtin.startsWith('PromiseAllSettled')) return 'Promise.allSettled'
  if (builtin.startsWith('PromiseAll')) return 'Promise.all'
  if (builtin.startsWith('PromiseAny')) return 'Promise.any'
  return undefined
}
