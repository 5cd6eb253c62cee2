import type { FrameKind, WaitsOn } from '../../model/async-stacks.js'
import type { Functions } from './functions.js'
import type { Frame, PromiseGraph } from './promises.js'

/** An await chain and its count. */
export interface Chain {
  count: number
  /** Innermost first. */
  frames: Frame[]
  /** The things that the chains of this group wait on, with the number of chains for each; all of one type. */
  waits: Map<WaitsOn | null, number>
  /** Requests or traces that they are part of, some of them. */
  ids: Set<string>
}

/** Ids that are kept of a group. */
const mostIds = 5

export interface ChainLimits {
  /** Longest stack, in frames; frames further out are cut. @default 200 */
  maxDepth: number
  /** Most steps from function to function; later steps are left out. @default 5 million */
  maxSteps: number
}

export interface Chains {
  chains: Chain[]
  /** True if a limit was reached. */
  truncated: boolean
}

/** A chain on its way outwards. `count` chains came here by the same frames. */
interface Walker {
  promise: number
  stack: number
  depth: number
  wait: number
  count: number
  ids: readonly string[]
  /** The path so far, to detect a ring. */
  from: Walker | undefined
}

const ROOT = 0

/**
 * Starts at the promises that no suspended function and no other promise will settle. It walks outwards from each to
 * everything that waits for it, and counts the ways. Walkers that meet at a promise by the same frames become one, so
 * the steps stay in proportion to the size of the heap even if it is full of promises.
 */
export function findChains(
  promises: PromiseGraph,
  functions: Functions,
  waitOf: (promise: number) => WaitsOn | null,
  idOf: (promise: number) => string | undefined,
  limits: ChainLimits,
): Chains {
  const stacks = createStacks(functions)
  const waits = createWaitTable()
  const groups = new Map<string, Chain>()
  const reached = new Set<number>()
  let steps = 0
  let truncated = false

  const emit = (stack: number, { wait, count, ids }: Pick<Walker, 'wait' | 'count' | 'ids'>) => {
    if (stack === ROOT) return
    const waitsOn = waits.get(wait)
    const key = `${stack} ${waitsOn?.type}`
    let chain = groups.get(key)
    if (!chain) {
      chain = { count: 0, frames: stacks.frames(stack), waits: new Map(), ids: new Set() }
      groups.set(key, chain)
    }
    chain.count += count
    for (const id of ids) if (chain.ids.size < mostIds) chain.ids.add(id)
    chain.waits.set(waitsOn, (chain.waits.get(waitsOn) ?? 0) + count)
  }

  const walk = (starts: Walker[]) => {
    let level = starts
    while (level.length > 0) {
      const next = new Map<string, Walker>()
      for (const walker of level) {
        const onwards = promises.steps(walker.promise)
        if (onwards.length === 0) emit(walker.stack, walker)
        for (const step of onwards) {
          if (++steps > limits.maxSteps) {
            truncated = true
            return
          }
          if (step.generator !== -1) reached.add(step.generator)
          if (cameBy(walker, step.to)) {
            emit(walker.stack, walker)
            continue
          }
          const stack = step.frame ? stacks.push(walker.stack, step.frame) : walker.stack
          const depth = walker.depth + 1
          const cut = depth >= limits.maxDepth
          if (cut) truncated = true
          if (step.to === -1 || cut) {
            emit(stack, walker)
            continue
          }
          const key = `${step.to} ${stack} ${walker.wait}`
          const other = next.get(key)
          const { wait, count, ids } = walker
          if (other) {
            other.count += count
            if (other.ids.length < mostIds) other.ids = [...other.ids, ...ids]
          } else next.set(key, { promise: step.to, stack, depth, wait, count, ids, from: walker })
        }
      }
      level = [...next.values()]
    }
  }

  walk(
    innermost(promises).map(promise => {
      // Its function is not suspended: it runs now, or is about to run.
      const owner = promises.owner(promise)
      const stack = owner === -1 ? ROOT : stacks.push(ROOT, promises.frameOf(owner))
      const waitsOn: WaitsOn | null =
        owner === -1 ? waitOf(promise) : { type: 'unknown', detail: 'running or ready to run' }
      const id = idOf(promise)
      const ids = id === undefined ? [] : [id]
      return { promise, stack, depth: 0, wait: waits.id(waitsOn), count: 1, ids, from: undefined }
    }),
  )

  // Functions that wait for one another in a ring have no innermost one.
  const ring = waits.id({ type: 'promise', detail: 'itself: these functions wait for each other' })
  for (const generator of promises.suspended) {
    if (truncated || reached.has(generator)) continue
    const stack = stacks.push(ROOT, promises.frameOf(generator))
    walk(
      promises
        .promisesOf(generator)
        .map(promise => ({ promise, stack, depth: 0, wait: ring, count: 1, ids: [], from: undefined })),
    )
    reached.add(generator)
  }

  return { chains: [...groups.values()].sort((a, b) => b.count - a.count), truncated }
}

/** Awaited promises that no step leads to. */
function innermost(promises: PromiseGraph): number[] {
  const settledByOthers = new Set<number>()
  for (const promise of promises.awaited) {
    for (const step of promises.steps(promise)) if (step.to !== -1) settledByOthers.add(step.to)
  }
  return promises.awaited.filter(promise => !settledByOthers.has(promise))
}

function cameBy(walker: Walker, promise: number): boolean {
  for (let at: Walker | undefined = walker; at; at = at.from) if (at.promise === promise) return true
  return false
}

/** Stacks as a tree: each is its outermost frame and the stack inside it. */
function createStacks(functions: Functions) {
  const nodes: { frame: Frame | undefined; inner: number }[] = [{ frame: undefined, inner: ROOT }]
  const ids = new Map<string, number>()
  const identity = ({ kind, closure }: { kind: FrameKind; closure: number }) =>
    closure === -1 ? kind : `${kind} ${functions.identity(closure)}`

  return {
    push(inner: number, frame: Frame): number {
      const key = `${inner} ${identity(frame)}`
      let id = ids.get(key)
      if (id === undefined) {
        id = nodes.push({ frame, inner }) - 1
        ids.set(key, id)
      }
      return id
    },
    frames(stack: number): Frame[] {
      const frames: Frame[] = []
      for (let at = nodes[stack]; at?.frame; at = nodes[at.inner]) frames.push(at.frame)
      return frames.reverse()
    },
  }
}

/** The things that promises wait for, each kept once. */
function createWaitTable() {
  const all: (WaitsOn | null)[] = []
  const ids = new Map<string, number>()
  return {
    id(waitsOn: WaitsOn | null): number {
      const key = waitsOn ? `${waitsOn.type} ${waitsOn.detail ?? ''}` : ''
      let id = ids.get(key)
      if (id === undefined) {
        id = all.push(waitsOn) - 1
        ids.set(key, id)
      }
      return id
    },
    get: (id: number): WaitsOn | null => all[id] ?? null,
  }
}
