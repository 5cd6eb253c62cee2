import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { scriptUrl } from '../lib/script-url.js'
import type { CpuProfile, CpuProfileNode, ProfilerEngine } from '../model/cpu-profile.js'

/** The engines' output. v8-profiler-next puts the ticks of lines into the call frame, and counts hits by that name. */
interface RawProfile {
  nodes: RawNode[]
  startTime: number
  endTime: number
  samples?: number[]
  timeDeltas?: number[]
}

interface RawNode {
  id: number
  callFrame: {
    functionName: string
    scriptId: string | number
    url?: string
    lineNumber: number
    columnNumber: number
    lineTicks?: { line: number; hitCount: number }[]
  }
  hitCount?: number
  children?: number[]
  positionTicks?: { line: number; ticks: number }[]
}

/**
 * The profile as Chrome DevTools reads it, from any engine.
 *
 * @throws Error when it is no profile
 */
export function normaliseProfile(raw: unknown, engine: ProfilerEngine): CpuProfile {
  const { nodes, startTime, endTime, samples = [], timeDeltas = [] } = (raw ?? {}) as Partial<RawProfile>
  if (!Array.isArray(nodes) || nodes.length === 0 || startTime === undefined || endTime === undefined)
    throw new Error(`${engine} returned something that is not a CPU profile`)
  // v8-profiler-next counts lines and columns from 1, as V8 does; the others count from 0, as DevTools expects.
  const first = engine === 'v8-profiler-next' ? 1 : 0
  const count = Math.min(samples.length, timeDeltas.length)
  return {
    nodes: nodes.map(node => normaliseNode(node, first)),
    startTime,
    endTime,
    samples: samples.slice(0, count),
    timeDeltas: timeDeltas.slice(0, count),
  }
}

function normaliseNode(node: RawNode, first: number): CpuProfileNode {
  const { functionName, scriptId, url, lineNumber, columnNumber, lineTicks } = node.callFrame
  const ticks = node.positionTicks ?? lineTicks?.map(({ line, hitCount }) => ({ line, ticks: hitCount }))
  return {
    id: node.id,
    callFrame: {
      functionName,
      scriptId: String(scriptId),
      url: fileUrl(url ?? ''),
      lineNumber: lineNumber - first,
      columnNumber: columnNumber - first,
    },
    hitCount: node.hitCount ?? 0,
    ...(node.children && node.children.length > 0 && { children: node.children }),
    ...(ticks && ticks.length > 0 && { positionTicks: ticks }),
  }
}

/** Some engines name CommonJS modules by their path, others by a URL. */
export function fileUrl(url: string): string {
  return isAbsolute(url) ? pathToFileURL(url).href : scriptUrl(url)
}
