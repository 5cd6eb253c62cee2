import type { CpuProfile } from '../../model/cpu-profile.js'
import { type CallNode, callAs, isMeta, readFrame } from './call-node.js'
import { aCount, aList, aNumber, anObject, broken, type Within } from './checked.js'
import { encodePprof, type PprofOptions, type StackSample } from './encode.js'
import { type LabelledTime, splitByTime } from './split-by-time.js'

export interface CpuPprofOptions extends PprofOptions {
  /** Times whose samples get labels. */
  labelled?: LabelledTime[]
}

export interface CpuNode extends CallNode {
  id: number
  /** Ids; a value of another type finds no node. */
  children: unknown[]
  hits: number
  /** Ticks by line, as far as V8 counted them. */
  lines: LineTicks[]
  /** Samples that ended here, and the microseconds that they stand for. */
  count: number
  micros: number
}

interface LineTicks {
  line: number
  ticks: number
}

interface Timing {
  startTime: number
  endTime: number
  samples: unknown[]
  timeDeltas: unknown[]
}

/**
 * A CPU profile of V8 as gzipped pprof with the sample types `cpu/nanoseconds` and `samples/count`.
 *
 * A sample stands for the time until the next one, as in Chrome DevTools. If V8 counted the running lines
 * (`positionTicks`), the innermost frame is at that line and `-list` and `-lines` work; callers are at the first line
 * of their function. Time in which the process was `(idle)` is left out. So the total is CPU time as in a profile of
 * Go, and `go tool pprof` shows the load as "Total samples = 1.20s (24.00%)". The conversion also loses the order of
 * the samples in time, columns, script ids, and the distinction of functions of the same name on the same line.
 *
 * @throws AutodumpError `INVALID` if it is no such profile
 */
export function cpuProfileToPprof(profile: CpuProfile, options: CpuPprofOptions = {}): Uint8Array {
  const { nodes, duration, interval } = readTimed(profile)
  const samples = options.labelled?.length ? labelledSamples(profile, options.labelled) : stackSamples(nodes)
  return encodePprof(
    {
      sampleTypes: [
        ['cpu', 'nanoseconds'],
        ['samples', 'count'],
      ],
      defaultType: 'cpu',
      periodType: ['cpu', 'nanoseconds'],
      period: nanos(interval),
      durationNanos: nanos(duration),
      samples,
    },
    options,
  )
}

const stackSamples = (nodes: Map<number, CpuNode>) =>
  [...nodes.values()].filter(node => node.count > 0 && !isMeta(node, '(idle)')).flatMap(byLine)

const labelledSamples = (profile: CpuProfile, times: LabelledTime[]) =>
  splitByTime(profile, times).flatMap(({ profile, labels }) =>
    stackSamples(readTimed(profile).nodes).map(sample => ({ ...sample, ...(labels && { labels }) })),
  )

/** The nodes of a profile with their samples and the time that these stand for. Times are in microseconds. */
export function readTimed(profile: CpuProfile) {
  const fields = anObject(profile, '')
  const nodes = readNodes(aList(fields.nodes, 'nodes'))
  const timing = {
    startTime: aNumber(fields.startTime, 'startTime'),
    endTime: aNumber(fields.endTime, 'endTime'),
    samples: aList(fields.samples, 'samples'),
    timeDeltas: aList(fields.timeDeltas, 'timeDeltas'),
  }
  const duration = timing.endTime - timing.startTime
  if (duration < 0) throw broken('endTime', 'must not be before startTime')
  if (timing.samples.length !== timing.timeDeltas.length) throw broken('timeDeltas', 'must be as many as samples')
  const interval = timing.samples.length > 0 ? spread(timing, nodes) : spreadHits(duration, nodes)
  return { nodes, samples: timing.samples, startTime: timing.startTime, duration, interval }
}

function readNodes(list: unknown[]): Map<number, CpuNode> {
  const nodes = new Map<number, CpuNode>()
  for (const [index, value] of list.entries()) {
    const within = () => `nodes.${index}`
    const node = readNode(value, within)
    if (nodes.has(node.id)) throw broken('id', 'must be of one node only', within)
    nodes.set(node.id, node)
  }
  const called = new Set<CpuNode>()
  for (const node of nodes.values()) {
    for (const id of node.children) {
      const child = nodes.get(id as number)
      if (!child) throw broken('nodes', `must hold every child of node ${node.id}`)
      if (called.has(child)) throw broken('nodes', `must be a tree, but node ${child.id} is a child twice`)
      called.add(child)
    }
  }
  // From the outside in, so that a caller's depth is known before that of its callees.
  const reached = [...nodes.values()].filter(node => !called.has(node))
  for (const node of reached) {
    for (const id of node.children) {
      const child = nodes.get(id as number)!
      callAs(child, node)
      reached.push(child)
    }
  }
  if (reached.length < nodes.size) throw broken('nodes', 'must be a tree, but some are children of their own children')
  return nodes
}

function readNode(value: unknown, within: Within): CpuNode {
  const node = anObject(value, '', within)
  const frame = readFrame(node.callFrame, within)
  // Without `...`, whose objects are twenty times slower to walk.
  return {
    frame,
    parent: undefined,
    depth: 1,
    locationId: 0,
    id: aCount(node.id, 'id', within),
    children: aList(node.children, 'children', within),
    hits: aCount(node.hitCount ?? 0, 'hitCount', within),
    lines: readLines(aList(node.positionTicks, 'positionTicks', within), frame.line, within),
    count: 0,
    micros: 0,
  }
}

function readLines(list: unknown[], functionLine: number, within: Within): LineTicks[] {
  const entries = list.map(value => {
    const entry = anObject(value, 'positionTicks', within)
    return {
      line: aCount(entry.line, 'positionTicks.line', within) || functionLine,
      ticks: aCount(entry.ticks, 'positionTicks.ticks', within),
    }
  })
  // Node 26 can have several entries for a line.
  const lines: LineTicks[] = []
  for (const entry of entries.sort((a, b) => a.line - b.line)) {
    const last = lines.at(-1)
    if (last?.line === entry.line) last.ticks += entry.ticks
    else lines.push(entry)
  }
  return lines
}

/** Gives each sample to its node. Returns the usual distance of two samples, in microseconds. */
function spread({ startTime, endTime, samples, timeDeltas }: Timing, nodes: Map<number, CpuNode>): number {
  const deltas = new Float64Array(samples.length)
  let time = startTime
  // V8's samples can be slightly out of order. Assigned time is not assigned again.
  let latest = startTime
  let previous: CpuNode | undefined
  for (const [index, id] of samples.entries()) {
    const node = nodes.get(id as number)
    if (!node) throw broken(`samples.${index}`, 'must be the id of a node')
    const delta = aNumber(timeDeltas[index], 'timeDeltas')
    deltas[index] = delta
    time += delta
    if (time > latest) {
      if (previous) previous.micros += time - latest
      latest = time
    }
    node.count += 1
    previous = node
  }
  if (previous && endTime > latest) previous.micros += endTime - latest
  nanos(Math.max(latest, endTime) - startTime) // No part is longer than the whole.
  // The first delta counts from the start of the profiler, which takes long.
  const between = deltas.length > 1 ? deltas.subarray(1).sort() : deltas
  return Math.max(0, between[between.length >> 1]!)
}

/** For a profile without single samples: their number is known, and on average they are equally far apart. */
function spreadHits(duration: number, nodes: Map<number, CpuNode>): number {
  let total = 0
  for (const node of nodes.values()) total += node.hits
  for (const node of nodes.values()) {
    node.count = node.hits
    if (total > 0) node.micros = (duration * node.hits) / total
  }
  return total > 0 ? duration / total : 0
}

/** Shares a node's samples out to its lines. V8 counts ticks and samples apart, so ticks are taken as proportions. */
function byLine(node: CpuNode): StackSample[] {
  const time = nanos(node.micros)
  const allTicks = node.lines.reduce((sum, { ticks }) => sum + ticks, 0)
  if (allTicks === 0) return [{ node, values: [time, node.count] }]

  let [seen, countBefore, timeBefore] = [0, 0, 0]
  const samples: StackSample[] = []
  for (const { line, ticks } of node.lines) {
    // Differences of rounded running totals: rounded shares would not add up.
    seen += ticks
    const countNow = Math.round((node.count * seen) / allTicks)
    const timeNow = Math.round((time * seen) / allTicks)
    const values: [number, number] = [timeNow - timeBefore, countNow - countBefore]
    if (values[0] > 0 || values[1] > 0) samples.push({ node, line, values })
    countBefore = countNow
    timeBefore = timeNow
  }
  return samples
}

export function nanos(micros: number): number {
  const value = Math.round(micros * 1000)
  if (!Number.isSafeInteger(value)) throw broken('endTime', 'must be within 104 days of startTime')
  return value
}
