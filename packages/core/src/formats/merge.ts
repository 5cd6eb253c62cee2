import type { CpuProfile, CpuProfileNode } from '../model/cpu-profile.js'

/** Windows follow each other within a few milliseconds; a longer gap, in microseconds, was not recorded. */
const seamless = 50_000

/**
 * One profile out of consecutive ones. Functions on the same path from the root become one node. Overlapping windows
 * sample the same time twice; it counts once. Time that no window covers belongs to the root, which is no function's.
 *
 * @param profiles at least one, the oldest first, on one clock
 */
export function mergeProfiles(profiles: CpuProfile[]): CpuProfile {
  const tree = createTree()
  const samples: number[] = []
  const times: number[] = []
  let until = Number.NEGATIVE_INFINITY
  for (const profile of profiles) {
    if (until > 0 && profile.startTime - until > seamless) {
      samples.push(tree.root)
      times.push(until)
    }
    const idOf = tree.add(profile)
    let at = profile.startTime
    for (const [index, id] of profile.samples.entries()) {
      at += profile.timeDeltas[index] ?? 0
      const merged = idOf.get(id)
      if (merged === undefined || at <= (times.at(-1) ?? Number.NEGATIVE_INFINITY)) continue
      samples.push(merged)
      times.push(at)
    }
    until = Math.max(until, profile.endTime)
  }
  const startTime = profiles[0]?.startTime ?? 0
  return {
    nodes: tree.nodes,
    startTime,
    endTime: until,
    samples,
    timeDeltas: times.map((time, index) => time - (index === 0 ? startTime : (times[index - 1] as number))),
  }
}

function createTree() {
  const nodes: CpuProfileNode[] = []
  const known = new Map<string, CpuProfileNode>()

  function nodeAt(parent: CpuProfileNode | undefined, { callFrame }: CpuProfileNode): CpuProfileNode {
    const { functionName, url, lineNumber, columnNumber } = callFrame
    const key = parent ? `${parent.id}\0${functionName}\0${url}\0${lineNumber}\0${columnNumber}` : 'root'
    let node = known.get(key)
    if (!node) {
      node = { id: nodes.length + 1, callFrame, hitCount: 0 }
      nodes.push(node)
      known.set(key, node)
      if (parent) parent.children = [...(parent.children ?? []), node.id]
    }
    return node
  }

  const root = nodeAt(undefined, {
    id: 1,
    callFrame: { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 },
  })

  return {
    nodes,
    root: root.id,
    /** Adds the nodes of a profile with their ticks; returns their ids here. Stacks may be very deep. */
    add(profile: CpuProfile): Map<number, number> {
      const byId = new Map(profile.nodes.map(node => [node.id, node]))
      const children = new Set(profile.nodes.flatMap(node => node.children ?? []))
      const idOf = new Map<number, number>()
      const waiting = profile.nodes
        .filter(({ id }) => !children.has(id))
        .map(node => ({ node, parent: undefined as CpuProfileNode | undefined }))
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const merged = nodeAt(next.parent, next.node)
        if (idOf.has(next.node.id)) continue
        idOf.set(next.node.id, merged.id)
        addTicks(merged, next.node)
        for (const id of next.node.children ?? []) {
          const node = byId.get(id)
          if (node) waiting.push({ node, parent: merged })
        }
      }
      return idOf
    },
  }
}

function addTicks(to: CpuProfileNode, from: CpuProfileNode): void {
  to.hitCount = (to.hitCount ?? 0) + (from.hitCount ?? 0)
  for (const { line, ticks } of from.positionTicks ?? []) {
    to.positionTicks ??= []
    const known = to.positionTicks.find(tick => tick.line === line)
    if (known) known.ticks += ticks
    else to.positionTicks.push({ line, ticks })
  }
}
