import type { FunctionPlace } from '../../../model/async-stacks.js'
import type { Anchor } from '../../../model/holders.js'
import type { Functions } from '../functions.js'
import { type HeapGraph, NodeType } from '../graph.js'
import type { DominatorTree } from './dominators.js'
import { isFitName, isGlobal, type Reference, referenceBetween } from './edges.js'
import type { Kinds } from './kinds.js'

/** How a thing is reached, as people would write it, and where that begins. */
export interface Way {
  path: string
  anchor: Anchor
}

/** Nodes that a search looks at, and retainers of one of them. */
const mostVisited = 3000
const mostRetainers = 200

const nameless = 'an exported variable'

/** Functions of a scope that are named. */
const mostFunctions = 4

interface Step {
  node: number
  /** The reference to the step before, and that step; none for the thing itself. */
  reference: Reference | null
  towards: Step | null
  depth: number
}

export interface Anchors {
  wayTo(number: number): Way
}

/**
 * Searches backwards from a thing, breadth first, for the place in the code that keeps it: a variable of a module, of a
 * function, of a suspended call, or a property of the global object. A place in the app's own code goes before one in a
 * package, and that before one in Node.
 */
export function createAnchors(graph: HeapGraph, tree: DominatorTree, kinds: Kinds, functions: Functions): Anchors {
  const nativeContext = graph.id('system / NativeContext')
  const modules = graph.id('system / SourceTextModule')

  const retainersOf = (node: number): number[] => {
    const number = tree.numberOf(node)
    return number === undefined
      ? []
      : Array.from(tree.retainers(number).subarray(0, mostRetainers), at => tree.node[at]!)
  }

  /** Functions that were made in a scope, or in a scope within it. */
  function closuresOf(scope: number, depth = 0): number[] {
    const retainers = retainersOf(scope)
    const own = retainers.filter(
      node => graph.nodeType[node] === NodeType.closure && graph.follow(node, 'internal', 'context') === scope,
    )
    if (own.length > 0 || depth === 3) return own
    return retainers
      .filter(node => kinds.isScope(node) && graph.follow(node, 'internal', 'previous') === scope)
      .flatMap(node => closuresOf(node, depth + 1))
  }

  function anchorOfScope(scope: number): Anchor {
    const suspended = retainersOf(scope).find(kinds.isSuspended)
    const closures = closuresOf(scope)
    const places = closures.map(functions.place).filter(({ file }) => file !== '')
    const outer = graph.follow(scope, 'internal', 'previous')
    const isModule = outer === -1 || graph.nodeName[outer] === nativeContext
    const names = new Set(places.map(place => place.function).filter(name => name !== '(anonymous)'))
    if (!isModule && suspended !== undefined) return anchorOfCall(suspended)
    const place = places.find(place => place.function !== '(anonymous)') ?? places[0] ?? null
    return { kind: isModule ? 'module' : 'closure', place, functions: [...names].slice(0, mostFunctions) }
  }

  const anchorOfCall = (call: number): Anchor => {
    const closure = graph.follow(call, 'internal', 'function')
    const place = closure === -1 ? null : functions.place(closure)
    return { kind: 'suspended', place, functions: place ? [place.function] : [] }
  }

  /** The name of an exported variable, whose value is in a cell that the table of the module's exports names. */
  function exportOf(cell: number): { name: string; place: FunctionPlace | null } | null {
    const tables = retainersOf(cell)
    const module = tables.flatMap(retainersOf).find(node => graph.nodeName[node] === modules)
    if (module === undefined) return null
    // Redaction takes the name away, which is a string here.
    return {
      name: tables.map(table => nameBefore(table, cell)).find(isFitName) ?? nameless,
      place: placeOfModule(module),
    }
  }

  function nameBefore(table: number, cell: number): string {
    let name = ''
    for (let edge = graph.firstEdge[table]!; edge < graph.firstEdge[table + 1]!; edge++) {
      const to = graph.edgeTo[edge]!
      if (to === cell) break
      name = graph.nodeType[to] === NodeType.string ? graph.name(to) : ''
    }
    return name
  }

  function placeOfModule(module: number): FunctionPlace | null {
    const call = graph.targets(module, 'hidden').find(kinds.isSuspended)
    const closure = call === undefined ? -1 : graph.follow(call, 'internal', 'function')
    if (closure === -1) return null
    const { file, package: owner } = functions.place(closure)
    return { function: '(module)', file, line: 0, column: 0, ...(owner !== undefined && { package: owner }) }
  }

  /** Whether a step is a place in the code. */
  function anchorAt({ node, reference }: Step): { anchor: Anchor; name?: string } | null {
    if (reference === null) return null
    if (reference.kind === 'variable' && kinds.isScope(node)) return { anchor: anchorOfScope(node) }
    if (kinds.isSuspended(node)) return { anchor: anchorOfCall(node) }
    if (reference.kind === 'property' && isGlobal(graph, node))
      return { anchor: { kind: 'global', place: null, functions: [] } }
    if (graph.nodeType[node] === NodeType.hidden && graph.name(node) === 'system / Cell') {
      const found = exportOf(node)
      return found && { anchor: { kind: 'module', place: found.place, functions: [] }, name: found.name }
    }
    if (graph.nodeType[node] === NodeType.synthetic && graph.name(node) === '(Stack roots)')
      return { anchor: { kind: 'running', place: null, functions: [] } }
    return null
  }

  return {
    wayTo(number) {
      const start: Step = { node: tree.node[number]!, reference: null, towards: null, depth: 0 }
      const seen = new Set([start.node])
      const todo = [start]
      let best: { step: Step; anchor: Anchor; name?: string; rank: number } | undefined
      // The list grows during the loop.
      for (const step of todo) {
        if (best?.rank === 0 || (best && step.depth > best.step.depth + 2) || todo.length > mostVisited) break
        for (const node of retainersOf(step.node)) {
          if (seen.has(node)) continue
          const reference = referenceBetween(graph, node, step.node)
          if (!reference) continue
          seen.add(node)
          const next = { node, reference, towards: step, depth: step.depth + 1 }
          const found = anchorAt(next)
          const rank = found ? rankOf(found.anchor) : 9
          if (found && rank < (best?.rank ?? 9)) best = { step: next, rank, ...found }
          if (!found) todo.push(next)
        }
      }
      if (!best) return { path: kinds.className(start.node), anchor: { kind: 'unknown', place: null, functions: [] } }
      return { path: pathOf(best.step, best.name), anchor: best.anchor }
    },
  }
}

/** Lower is better. */
function rankOf({ kind, place }: Anchor): number {
  if (kind === 'running') return 6
  if (place === null) return kind === 'global' ? 1 : 5
  const isApp = place.package === undefined && place.file.startsWith('file:')
  const inCode = isApp ? 0 : place.package === 'node' ? 4 : 2
  return inCode + (kind === 'suspended' && inCode > 0 ? 1 : 0)
}

/** `jobs.items`, `routes[].cache`; the parts that V8 makes of an object are left out. */
function pathOf(first: Step, name: string | undefined): string {
  let path = name ?? ''
  for (let step: Step | null = first; step?.reference; step = step.towards) {
    const { reference } = step
    if (reference.kind === 'element') path += path.endsWith('[]') ? '' : '[]'
    else if (reference.kind !== 'part' && reference.name !== name)
      path += path === '' ? reference.name : `.${reference.name}`
  }
  return path.replace(/\.<symbol ([^>]*)>/g, '[$1]') || 'a local variable'
}
