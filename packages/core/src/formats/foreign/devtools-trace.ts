import type { CpuProfile, CpuProfileNode } from '../../model/cpu-profile.js'

interface TraceEvent {
  name?: string
  id?: string
  pid?: number
  ts?: number
  args?: { data?: { startTime?: number; endTime?: number; timeDeltas?: number[]; cpuProfile?: Chunk } }
}

interface Chunk {
  nodes?: (Omit<CpuProfileNode, 'children'> & { parent?: number; children?: number[] })[]
  samples?: number[]
  endTime?: number
}

const eventsOf = (value: unknown): unknown =>
  Array.isArray(value) ? value : (value as { traceEvents?: unknown } | null)?.traceEvents

/** Whether it is a trace with a CPU profile in it, as DevTools' Performance panel saves it and Node's `v8` tracing. */
export function isProfileTrace(value: unknown): boolean {
  const events = eventsOf(value)
  return Array.isArray(events) && events.some(event => (event as TraceEvent | null)?.name === 'ProfileChunk')
}

/** The CPU profile with the most samples of a trace: that of the busiest thread. */
export function readProfileTrace(value: unknown): CpuProfile {
  const byProfile = new Map<string, TraceEvent[]>()
  for (const event of eventsOf(value) as TraceEvent[]) {
    if (event?.name !== 'Profile' && event?.name !== 'ProfileChunk') continue
    const key = `${event.pid} ${event.id}`
    const same = byProfile.get(key)
    if (same) same.push(event)
    else byProfile.set(key, [event])
  }
  const profiles = [...byProfile.values()].map(profileOf)
  return profiles.reduce((most, one) => (one.samples.length > most.samples.length ? one : most))
}

function profileOf(events: TraceEvent[]): CpuProfile {
  const nodes = new Map<number, CpuProfileNode>()
  const called = new Set<number>()
  /** A node has one caller: in a circle the analysis would not end. */
  const isFirstCall = (id: number) => {
    const isFirst = !called.has(id)
    called.add(id)
    return isFirst
  }
  const samples: number[] = []
  const timeDeltas: number[] = []
  const startTime = events.find(({ args }) => args?.data?.startTime !== undefined)?.args?.data?.startTime ?? 0
  for (const { args } of events.filter(({ name }) => name === 'ProfileChunk')) {
    const { cpuProfile = {}, timeDeltas: deltas = [] } = args?.data ?? {}
    for (const { parent, children = [], ...node } of cpuProfile.nodes ?? []) {
      const { functionName = '', url = '', lineNumber = 0, columnNumber = 0, scriptId } = node.callFrame
      nodes.set(node.id, {
        ...node,
        callFrame: { functionName, url, lineNumber, columnNumber, scriptId: String(scriptId ?? 0) },
        children: children.filter(isFirstCall),
      })
      // A chunk names the parent of its nodes, where a file of a profile names the children.
      if (parent !== undefined && isFirstCall(node.id)) nodes.get(parent)?.children?.push(node.id)
    }
    for (const sample of cpuProfile.samples ?? []) samples.push(sample)
    for (const delta of deltas) timeDeltas.push(delta)
  }
  const count = Math.min(samples.length, timeDeltas.length)
  const length = timeDeltas.slice(0, count).reduce((sum, delta) => sum + delta, 0)
  return {
    nodes: [...nodes.values()],
    startTime,
    endTime: startTime + length,
    samples: samples.slice(0, count),
    timeDeltas: timeDeltas.slice(0, count),
  }
}
