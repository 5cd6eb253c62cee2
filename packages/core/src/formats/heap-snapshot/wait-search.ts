import type { WaitsOn } from '../../model/async-stacks.js'
import type { Functions } from './functions.js'
import { EDGE_TYPES, type HeapGraph, NodeType } from './graph.js'
import type { Resources } from './resources.js'

/** A place on the way from a promise to the object that will settle it. */
interface Place {
  node: number
  /** True behind an array, map, set or linked list. */
  listed: boolean
  /** Properties passed since the last object with a class, like `.resolve`. */
  path: string
  /** Objects passed. A waiter is itself the listed thing, or one object around it. */
  objects: number
}

/** Edges into one place that are followed; a place with more holders is too widely shared to tell. */
const MOST_RETAINERS = 32

/** A scope that more functions than this close over belongs to a module: which of them will settle it is unknown. */
const MOST_CLOSURES = 8

const MOST_PLACES = 400

const MOST_LEVELS = 12

/**
 * A timer or a listener for `error` is often only the guard of something else: the search goes this much further for
 * that.
 */
const BEYOND_GUARD = 4

/**
 * Looks for the object that will settle a promise that no code of the program will settle. It starts at the promise,
 * goes to its resolving functions, and outwards through their holders, nearest first, until it finds an object that it
 * can name.
 */
export function createWaitSearch(graph: HeapGraph, functions: Functions, resources: Resources) {
  const files = new Map<number, string>()

  /** Rejecting is mostly the way out (timeouts, `error` events), so holders of that function alone come second. */
  return (promise: number): WaitsOn | null => search(promise, true) ?? search(promise, false)

  function search(promise: number, withoutReject: boolean): WaitsOn | null {
    const found: { timer?: WaitsOn; error?: WaitsOn; held?: WaitsOn } = {}
    const seen = new Map<number, Place | undefined>([[promise, undefined]])
    let level: Place[] = []

    for (const edge of graph.retainers(promise, Number.POSITIVE_INFINITY) ?? []) {
      const holder = graph.source(edge)
      const name = graph.name(holder)
      if (name === 'system / Context' && (typeOf(edge) === 'hidden' || graph.label(edge) === 'extension'))
        level.push({ node: holder, listed: false, path: '', objects: 0 })
      else if (typeOf(edge) === 'hidden' && name === 'system / SourceTextModule')
        return { type: 'promise', detail: 'a module' }
      // Node's own requests keep the promise itself.
      else if (typeOf(edge) === 'property' && graph.label(edge) === 'promise') {
        const resource = resources.describe(holder)
        if (resource) return resource
      }
    }
    if (level.length === 0) return { type: 'promise', detail: 'no resolve function of it is left' }

    let last = MOST_LEVELS
    for (let depth = 0; depth < last && level.length > 0 && seen.size < MOST_PLACES; depth++) {
      const next: Place[] = []
      let listed: WaitsOn | undefined
      let pipe: WaitsOn | undefined
      for (const place of level) {
        for (const edge of retainersOf(place.node) ?? []) {
          const holder = graph.source(edge)
          const known = seen.get(holder)
          // Among the listeners of one emitter, nobody waits for the one for `error`.
          if (known?.path === '.error' && typeOf(edge) === 'property') known.path = `.${graph.label(edge)}`
          if (seen.has(holder) || (withoutReject && isReject(holder))) continue
          const resource = resources.describe(holder)
          if (resource && resource.type !== 'timer') {
            if (resource.type !== 'socket' || resource.detail) return resource
            pipe ??= resource // perhaps only the output of an awaited child process
            continue
          }
          if (resource) {
            seen.set(holder, undefined)
            found.timer ??= resource
            last = Math.min(last, depth + 1 + BEYOND_GUARD)
            continue
          }
          const outcome = pass(place, edge, holder)
          if (!outcome) continue
          if ('node' in outcome) {
            seen.set(outcome.node, outcome)
            next.push(outcome)
          } else if (outcome.type === 'promise') {
            found.held ??= outcome
            seen.set(holder, undefined)
            next.push({ node: holder, listed: false, path: '', objects: place.objects + 1 })
          } else if (outcome.type === 'event' && outcome.detail?.endsWith(' error')) {
            found.error ??= outcome
            last = Math.min(last, depth + 1 + BEYOND_GUARD)
          } else {
            listed ??= outcome
          }
        }
      }
      if (pipe) return pipe
      if (listed) return withGuard(listed, found.timer)
      level = next
    }
    return found.timer ?? found.error ?? found.held ?? null
  }

  /** One step outwards: the next place, or a result. `promise` results are a fallback. */
  function pass(place: Place, edge: number, holder: number): Place | WaitsOn | undefined {
    const type = typeOf(edge)
    const label = graph.label(edge)
    const holderType = graph.nodeType[holder]

    if (type === 'internal') {
      if (holderType === NodeType.closure) return { ...place, node: holder } // closes over it, or is bound to it
      if (label === 'reactions_or_result') return { ...place, node: holder }
      if (isContext(holder) && (label === 'previous' || label === 'extension')) return { ...place, node: holder }
      if (holderType === NodeType.array) return ofStore(place, holder)
      return undefined
    }
    if (type === 'element' && holderType === NodeType.object) {
      return { ...place, node: holder, listed: place.objects <= 1 || place.listed }
    }
    if (type === 'context') {
      const file = ownFile(holder)
      if (file.startsWith('node:')) {
        if (place.listed) return undefined // arguments on their way
        return file.endsWith('/undici') && !retainersOf(holder)
          ? { type: 'http', detail: 'fetch' }
          : { ...place, node: holder }
      }
      if (place.listed) return named('lock', `${label}${place.path}`)
      // Functions made beside it close over it: they may be the listed or called ones.
      return place.objects === 0 && retainersOf(holder)
        ? { ...place, node: holder, path: '' }
        : named('promise', `${label}${place.path}`)
    }
    // V8 keeps a variable that is assigned to more than once there (Node 26), or the handler of a `then`.
    if (type === 'hidden' && holderType === NodeType.hidden) return passedOn(place, holder)
    if (type !== 'property') return undefined
    if (holderType === NodeType.closure) return { ...place, node: holder } // `wrapper.listener`

    const name = graph.name(holder)
    if (label === '_events' || label === '<symbol kEvents>') {
      // Abort is the way out, not the awaited event.
      if (name === 'AbortSignal') return undefined
      const resource = resources.socketOf(holder)
      return resource ?? named('event', `${name} ${place.path.split('.').at(1) ?? ''}`.trim())
    }
    if (/^_?(next|prev|previous)$/.test(label)) return { ...place, node: holder, listed: true }
    if (name === 'Object') return { ...place, node: holder, path: `.${label}${place.path}`, objects: place.objects + 1 }
    const detail = `${name}.${label}`
    const socket = resources.socketOf(holder)
    if (socket) return { type: 'socket', detail: [socket.detail, `(${detail})`].filter(Boolean).join(' ') }
    return named(place.listed ? 'lock' : 'promise', detail)
  }

  function passedOn(place: Place, holder: number): Place | undefined {
    const name = graph.name(holder)
    return name === 'system / ContextCell' || name === 'system / PromiseReaction'
      ? { ...place, node: holder }
      : undefined
  }

  /**
   * The backing store of a Map or Set, bound arguments, or the locals of a suspended function; those of arrays and
   * objects have named edges as well.
   */
  function ofStore(place: Place, store: number): Place | WaitsOn | undefined {
    for (const edge of graph.retainers(store, MOST_RETAINERS) ?? []) {
      const holder = graph.source(edge)
      if (graph.label(edge) === 'table') return { ...place, node: holder, listed: true }
      if (graph.nodeType[holder] === NodeType.closure) return { ...place, node: holder }
      if (graph.label(edge) === 'parameters_and_registers') return ofFunction(holder)
    }
    return undefined
  }

  function ofFunction(generator: number): WaitsOn {
    const { function: name, file } = functions.place(graph.follow(generator, 'internal', 'function'))
    return file.endsWith('/undici') ? { type: 'http', detail: 'fetch' } : named('promise', `${name}()`)
  }

  /** Scopes of many functions are not followed, except Node's own, where one call makes many. */
  function retainersOf(node: number): number[] | undefined {
    const isModules = isContext(node) && !graph.retainers(node, MOST_CLOSURES) && !ownFile(node).startsWith('node:')
    return isModules ? undefined : graph.retainers(node, MOST_RETAINERS)
  }

  /** The file whose functions a scope belongs to; empty if none of them is left. */
  function ownFile(context: number, depth = 0): string {
    const known = files.get(context)
    if (known !== undefined) return known
    let file = ''
    for (const edge of graph.retainers(context, 64) ?? []) {
      const holder = graph.source(edge)
      const label = graph.label(edge)
      if (label === 'context' && graph.nodeType[holder] === NodeType.closure) file = functions.place(holder).file
      else if (label === 'previous' && depth < 3) file = ownFile(holder, depth + 1)
      if (file) break
    }
    files.set(context, file)
    return file
  }

  function isReject(node: number): boolean {
    return graph.nodeType[node] === NodeType.closure && functions.builtin(node) === 'PromiseCapabilityDefaultReject'
  }

  function typeOf(edge: number) {
    return EDGE_TYPES[graph.edgeType[edge] as number]
  }

  function isContext(node: number): boolean {
    return graph.name(node) === 'system / Context'
  }
}

function named(type: WaitsOn['type'], detail: string): WaitsOn {
  return { type, detail: detail.slice(0, 200) }
}

function withGuard(waitsOn: WaitsOn, timer: WaitsOn | undefined): WaitsOn {
  return timer?.detail ? { ...waitsOn, detail: `${waitsOn.detail}, at most ${timer.detail}` } : waitsOn
}
