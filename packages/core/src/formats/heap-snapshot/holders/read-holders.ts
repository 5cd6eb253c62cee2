import { createReadStream } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AutodumpError, messageOf } from '../../../lib/errors.js'
import type { Anchor, Holder, Holders } from '../../../model/holders.js'
import { createFunctions } from '../functions.js'
import type { HeapGraph } from '../graph.js'
import { createSnapshotParser } from '../parse-snapshot.js'
import { type Accumulation, findAccumulations, leastBytes } from './accumulate.js'
import { createAnchors } from './anchors.js'
import { type Callbacks, findCallbacks } from './callbacks.js'
import { add, type Classes, createClasses, noSums, type Sums } from './classes.js'
import { type DominatorTree, findDominators } from './dominators.js'
import { entriesOf } from './entries.js'
import { createKinds, type Kinds } from './kinds.js'
import { findSuspended, type SuspendedCalls } from './suspended.js'
import { findInTexts } from './texts.js'

const mostHolders = 20
const mostAccumulations = 40
const mostClasses = 50
const mostHeld = 5

/** A larger snapshot would take the memory of the process. */
const limits = { maxNodes: 50_000_000, maxEdges: 250_000_000 }

/**
 * A heap snapshot being read: `push` its bytes as they come, then `finish`. Both throw `INVALID` on any other format.
 */
export interface HoldersReader {
  push(bytes: Uint8Array): void
  finish(): Promise<Holders>
}

export function createHoldersReader(): HoldersReader {
  const begin = performance.now()
  const parser = createSnapshotParser(limits, 'sizes')
  return {
    push: parser.push,
    async finish() {
      const graph = parser.finish()
      const parsed = performance.now()
      const found = await analyse(graph)
      return { ...found, parseMs: Math.round(parsed - begin), analysisMs: Math.round(performance.now() - parsed) }
    },
  }
}

/**
 * Reads a V8 heap snapshot (of any Node since 20, and of Chrome) as a stream, and tells what keeps its objects alive.
 * Its cost: `bench/heap-holders`. The content of strings is not read.
 *
 * @param source path of a snapshot, or its bytes
 * @throws AutodumpError `INVALID` if it is no heap snapshot; `FAILED` if it cannot be read
 */
export async function readHolders(source: string | AsyncIterable<Uint8Array>): Promise<Holders> {
  const reader = createHoldersReader()
  try {
    const chunks = typeof source === 'string' ? createReadStream(source, { highWaterMark: 1 << 20 }) : source
    for await (const chunk of chunks) reader.push(chunk as Uint8Array)
    return await reader.finish()
  } catch (error) {
    if (error instanceof AutodumpError) throw error
    throw new AutodumpError('FAILED', `cannot read the heap snapshot: ${messageOf(error)}`)
  }
}

/** Between its steps the thread that it runs in has its turn: a sample may be due. */
async function analyse(graph: HeapGraph): Promise<Omit<Holders, 'parseMs' | 'analysisMs'>> {
  const tree = await findDominators(graph)
  await nextTurn()
  const kinds = createKinds(graph)
  const classes = createClasses(graph, kinds)
  const functions = createFunctions(graph)
  const accumulations = findAccumulations(graph, tree, kinds).slice(0, mostAccumulations)
  const { all, of, owner } = sumUp(graph, tree, kinds, classes, accumulations)
  await nextTurn()
  const anchors = createAnchors(graph, tree, kinds, functions)

  const places = accumulations.map(({ at, bytes }, index): Holder => {
    const node = tree.node[at]!
    const part = of[index]!
    return {
      ...anchors.wayTo(at),
      class: kinds.isScope(node) ? 'closure' : kinds.isSuspended(node) ? 'suspended call' : kinds.className(node),
      entries: entriesOf(graph, kinds, node) ?? siblings(part, classes.of(node)),
      bytes: Math.round(bytes),
      externalBytes: Math.round(part.external),
      holds: classes.figures(part.sums).slice(0, mostHeld),
    }
  })
  /** The app can say nothing about what Node keeps for it, but something about the calls in there. */
  const isExplained = (index: number) => index > 0 && isOfApp(places[index - 1]!)
  function ofFunction({ closure, count, bytes }: OfFunction, what: Pick<Holder, 'path' | 'class'>): Holder[] {
    const unexplained = [...bytes].filter(([index]) => !isExplained(index))
    const sum = unexplained.reduce((sum, [, bytes]) => sum + bytes, 0)
    if (sum < leastBytes(tree.retained[0] ?? 0)) return []
    for (const [index, bytes] of unexplained) if (index > 0) places[index - 1]!.bytes -= Math.round(bytes)
    const place = functions.place(closure)
    const kind = what.class === 'callback' ? 'closure' : 'suspended'
    const anchor: Anchor = { kind, place, functions: [place.function] }
    return [{ ...what, entries: count, bytes: Math.round(sum), externalBytes: 0, anchor, holds: [] }]
  }
  const calls = findSuspended(graph, tree, kinds, functions, owner).flatMap(one =>
    ofFunction(one, { path: 'local variables', class: 'suspended call' }),
  )
  const callbacks = findCallbacks(graph, tree, kinds, functions, owner).flatMap(one =>
    ofFunction(one, { path: 'variables of callbacks', class: 'callback' }),
  )
  return {
    bytes: Math.round(tree.retained[0] ?? 0),
    externalBytes: Math.round(all.external),
    holders: [...places, ...calls, ...callbacks]
      .filter(({ bytes }) => bytes >= leastBytes(tree.retained[0] ?? 0))
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, mostHolders),
    classes: classes.figures(all.sums).slice(0, mostClasses),
    strings: findInTexts(graph, tree),
    detached: { count: graph.detached.count, bytes: Math.round(graph.detached.bytes) },
    nodes: graph.nodeCount,
    edges: graph.edgeCount,
  }
}

const isOfApp = ({ anchor: { kind, place } }: Holder) =>
  kind === 'global' || (place !== null && place.package !== 'node' && kind !== 'unknown')

type OfFunction = Callbacks | SuspendedCalls

interface Part {
  sums: Sums
  external: number
}

/** Figures of the heap and of each accumulation: a node belongs to the nearest one that dominates it. */
function sumUp(graph: HeapGraph, tree: DominatorTree, kinds: Kinds, classes: Classes, accumulations: Accumulation[]) {
  const all: Part = { sums: noSums(), external: 0 }
  const of = accumulations.map((): Part => ({ sums: noSums(), external: 0 }))
  const index = new Map(accumulations.map(({ at }, index) => [at, index + 1]))
  const owner = new Uint8Array(tree.count)
  for (let at = 0; at < tree.count; at++) {
    const node = tree.node[at]!
    const nearest = index.get(at) ?? owner[tree.dominator[at]!]!
    owner[at] = nearest
    const size = graph.nodeSize[node]!
    const isExternal = kinds.isExternal(node)
    const kind = classes.of(node)
    for (const part of nearest === 0 ? [all] : [all, of[nearest - 1]!]) {
      add(part.sums, kind, size)
      if (isExternal) part.external += size
    }
  }
  return { all, of, owner }
}

/** The nodes of a list or a tree count as its entries. */
const siblings = ({ sums }: Part, kind: number): number | null => {
  const count = sums.count[kind] ?? 0
  return count > 1 ? count : null
}
