import { createReadStream } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { AutodumpError } from '../../lib/errors.js'
import type { AsyncStackGroup, AsyncStacks, WaitsOn } from '../../model/async-stacks.js'
import { type Chain, type ChainLimits, findChains } from './chains.js'
import { createContexts } from './contexts.js'
import { createFunctions, type Functions } from './functions.js'
import type { HeapGraph } from './graph.js'
import type { SnapshotLimits } from './header.js'
import { createSnapshotParser } from './parse-snapshot.js'
import { findPromises } from './promises.js'
import { createResources } from './resources.js'
import { createWaitSearch } from './wait-search.js'

export interface AsyncStacksLimits extends SnapshotLimits, ChainLimits {
  /** Groups in the result, the most frequent ones. @default 1000 */
  maxGroups: number
}

export interface ReadAsyncStacksOptions {
  limits?: Partial<AsyncStacksLimits>
}

const DEFAULTS: AsyncStacksLimits = {
  maxNodes: 100_000_000,
  maxEdges: 500_000_000,
  maxDepth: 200,
  maxSteps: 5_000_000,
  maxGroups: 1000,
}

/**
 * Reads a V8 heap snapshot (`.heapsnapshot`, of any process on Node 20 or later) and reconstructs the stacks of its
 * suspended async functions. The snapshot is read as a stream and takes less memory than its size.
 *
 * @param source path of a snapshot, or its bytes
 * @throws AutodumpError `INVALID` if it is no heap snapshot, or only a part of one; `FAILED` if it cannot be read or is
 *   over `limits.maxNodes` or `limits.maxEdges`
 */
export async function readAsyncStacks(
  source: string | AsyncIterable<Uint8Array>,
  options: ReadAsyncStacksOptions = {},
): Promise<AsyncStacks> {
  const limits = { ...DEFAULTS, ...options.limits }
  try {
    const begin = performance.now()
    const { graph, bytes } = await parse(source, limits)
    const parsed = performance.now()
    const found = analyse(graph, limits)
    return {
      ...found,
      nodes: graph.nodeCount,
      edges: graph.edgeCount,
      bytes,
      parseMs: Math.round(parsed - begin),
      analysisMs: Math.round(performance.now() - parsed),
    }
  } catch (error) {
    if (error instanceof AutodumpError) throw error
    throw new AutodumpError(
      'FAILED',
      `cannot read the heap snapshot: ${error instanceof Error ? error.message : error}`,
    )
  }
}

async function parse(source: string | AsyncIterable<Uint8Array>, limits: SnapshotLimits) {
  const chunks = typeof source === 'string' ? createReadStream(source, { highWaterMark: 1 << 20 }) : source
  const parser = createSnapshotParser(limits)
  let bytes = 0
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array))
      throw new AutodumpError('INVALID', 'a heap snapshot is read from bytes (Uint8Array)')
    bytes += chunk.length
    parser.push(chunk)
  }
  return { graph: parser.finish(), bytes }
}

function analyse(graph: HeapGraph, limits: AsyncStacksLimits) {
  const functions = createFunctions(graph)
  const promises = findPromises(graph, functions)
  const waitOf = createWaitSearch(graph, functions, createResources(graph))
  const { chains, truncated } = findChains(promises, functions, waitOf, createContexts(graph).idOf, limits)
  return {
    total: promises.suspended.size,
    groups: chains.slice(0, limits.maxGroups).map(chain => toGroup(chain, functions)),
    truncated: truncated || chains.length > limits.maxGroups,
  }
}

function toGroup({ count, frames, waits, ids }: Chain, functions: Functions): AsyncStackGroup {
  return {
    count,
    frames: frames.map(({ kind, closure }) => {
      if (closure === -1) return { function: kind, file: '', line: 0, column: 0, kind }
      const place = functions.place(closure)
      return { ...place, function: kind === 'module' ? '(module)' : place.function, kind }
    }),
    waitsOn: mostly(waits),
    ...(ids.size > 0 && { ids: [...ids] }),
  }
}

/** A group waits on one type of thing; if the things differ, the most frequent one stands for them. */
function mostly(waits: Map<WaitsOn | null, number>): WaitsOn | null {
  const [first, ...others] = [...waits]
    .sort(([a, countA], [b, countB]) => countB - countA || compareText(a?.detail ?? '', b?.detail ?? ''))
    .map(([waitsOn]) => waitsOn)
  if (!first || others.length === 0) return first ?? null
  return { type: first.type, detail: `${first.detail ?? 'one unnamed'} and ${others.length} more` }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
