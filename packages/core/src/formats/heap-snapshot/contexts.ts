import { EDGE_TYPES, type HeapGraph, NodeType } from './graph.js'

/** Names under which apps keep the id of the request or trace that a call is part of. */
const FIELD = /^(?:x-)?(?:request|req|trace|correlation)[-_]?id$/i

/** Ids, and nothing that could be a text. */
const ID = /^[\w.:-]{1,64}$/

/** How far from the store an id is looked for, and at how many objects. */
const mostLevels = 3
const mostObjects = 60

/** Reactions of a promise that are looked at; all were made in the same call as a rule. */
const mostReactions = 8

/** Properties of an object that are looked at. */
const mostProperties = 50

/** Says for which request or trace a promise was made, where the app keeps that in an AsyncLocalStorage. */
export interface Contexts {
  /** `requestId 4711`; `undefined` where there is none. */
  idOf(promise: number): string | undefined
}

export function createContexts(graph: HeapGraph): Contexts {
  const known = new Map<number, string | undefined>()
  const property = EDGE_TYPES.indexOf('property')

  /** Until Node 22 each promise refers to the stores, from 24 on each of its reactions to a frame with all of them. */
  function storesOf(promise: number): number[] {
    const stores = properties(promise).flatMap(({ name, to }) => (name === '<symbol kResourceStore>' ? to : []))
    let reaction = graph.follow(promise, 'internal', 'reactions_or_result')
    for (let count = 0; reaction !== -1 && stores.length === 0 && count < mostReactions; count++) {
      const targets = graph.targets(reaction, 'hidden')
      for (const target of targets)
        if (graph.name(target) === 'AsyncContextFrame') stores.push(...entries(target).map(({ to }) => to))
      reaction = targets.find(target => graph.name(target) === 'system / PromiseReaction') ?? -1
    }
    return stores
  }

  function properties(node: number): { name: string; to: number }[] {
    const found: { name: string; to: number }[] = []
    for (let edge = graph.firstEdge[node]!; edge < graph.firstEdge[node + 1]! && found.length < mostProperties; edge++)
      if (graph.edgeType[edge] === property) found.push({ name: graph.label(edge), to: graph.edgeTo[edge]! })
    return found
  }

  /** Of a Map: its table has key, value and the next of the same hash side by side. */
  function entries(map: number): { name: string; to: number }[] {
    const table = graph.follow(map, 'internal', 'table')
    if (table === -1) return []
    const places = new Map<number, number>()
    for (
      let edge = graph.firstEdge[table]!;
      edge < graph.firstEdge[table + 1]! && places.size < mostProperties;
      edge++
    ) {
      const place = Number(graph.label(edge))
      if (Number.isInteger(place)) places.set(place, graph.edgeTo[edge]!)
    }
    return [...places].flatMap(([place, key]) => {
      const to = places.get(place + 1)
      return to === undefined ? [] : { name: graph.text(key), to }
    })
  }

  function search(store: number): string | undefined {
    const seen = new Set([store])
    let level = [store]
    for (let depth = 0; depth <= mostLevels; depth++) {
      const next: number[] = []
      for (const node of level) {
        for (const { name, to } of [...properties(node), ...entries(node)]) {
          const value = FIELD.test(name) ? textOf(to) : ''
          if (ID.test(value)) return `${name} ${value}`
          if (name === '__proto__' || seen.has(to) || seen.size >= mostObjects) continue
          if (graph.nodeType[to] !== NodeType.object) continue
          seen.add(to)
          next.push(to)
        }
      }
      level = next
    }
    return undefined
  }

  const textOf = (node: number) => graph.text(node) || String(graph.number(node) ?? '')

  return {
    idOf(promise) {
      for (const store of storesOf(promise)) {
        if (!known.has(store)) known.set(store, search(store))
        const id = known.get(store)
        if (id !== undefined) return id
      }
      return undefined
    },
  }
}
