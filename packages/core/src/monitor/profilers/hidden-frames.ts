import type { StackFrame } from '../../link/replies.js'
import type { CpuProfile, CpuProfileNode } from '../../model/cpu-profile.js'
import type { InterruptedStack } from './stack-watch.js'

/** A stack speaks for the samples that are not further away, in microseconds. */
const reach = 50_000

/** Microseconds. V8's sample and our stack belong to the same moment if they are this close. */
const sameMoment = 3_000

/** A function that V8 saw in no more than this share of the stacks that hold it is hidden from V8. */
const seldom = 0.3

/** Fewer stacks prove nothing. */
const enough = 3

/**
 * Puts back the functions that V8's profiler cannot see.
 *
 * A loop that runs for long is replaced by optimised code while it runs (on-stack replacement). V8's profiler does not
 * learn of such code when it was made before the profile began, and gives its time to the caller: exactly the function
 * that blocks the event loop is missing. The stacks, taken by interrupting the app, do hold it. If a function is in the
 * stacks and V8 never sees it, the samples around the stack move to the place of the stack, provided that V8 saw the
 * same stack with functions left out.
 */
export function addHiddenFrames(profile: CpuProfile, stacks: InterruptedStack[]): CpuProfile {
  const tree = createTree(profile)
  const times = sampleTimes(profile)
  const hidden = findHidden(stacks, times, profile.samples, tree)
  if (hidden.size === 0) return profile

  const cut = stacks.map(({ at, frames }) => ({ at, frames: upToHidden(frames, hidden) }))
  const samples = profile.samples.map((id, index) => {
    const stack = nearest(cut, times[index] as number)
    if (!stack || stack.frames.length === 0 || !tree.isPartOf(id, stack.frames)) return id
    return tree.move(id, stack.frames)
  })
  return { ...profile, nodes: tree.nodes, samples }
}

function sampleTimes({ startTime, timeDeltas }: CpuProfile): number[] {
  let at = startTime
  return timeDeltas.map(delta => {
    at += delta
    return at
  })
}

const keyOf = ({ name, url, line }: StackFrame) => `${name}\0${url}\0${line}`

function findHidden(
  stacks: InterruptedStack[],
  times: number[],
  samples: number[],
  tree: ReturnType<typeof createTree>,
): Set<string> {
  const seen = new Map<string, { stacks: number; byV8: number }>()
  for (const { at, frames } of stacks) {
    const then = samples.filter((_, index) => Math.abs((times[index] as number) - at) <= sameMoment)
    if (then.length === 0) continue
    const counted = new Set<string>()
    for (const frame of frames) {
      const key = keyOf(frame)
      if (counted.has(key)) continue
      counted.add(key)
      const count = seen.get(key) ?? { stacks: 0, byV8: 0 }
      seen.set(key, count)
      count.stacks += 1
      if (then.some(id => tree.path(id).some(node => isSame(node, frame)))) count.byV8 += 1
    }
  }
  const isHidden = ([, count]: [string, { stacks: number; byV8: number }]) =>
    count.stacks >= enough && count.byV8 <= seldom * count.stacks
  return new Set([...seen].filter(isHidden).map(([key]) => key))
}

/** V8 sees the functions further in than the innermost hidden one. */
function upToHidden(frames: StackFrame[], hidden: Set<string>): StackFrame[] {
  return frames.slice(0, frames.findLastIndex(frame => hidden.has(keyOf(frame))) + 1)
}

function nearest(stacks: InterruptedStack[], time: number): InterruptedStack | undefined {
  let low = 0
  let high = stacks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stacks[middle] as InterruptedStack).at < time) low = middle + 1
    else high = middle
  }
  const around = [stacks[low - 1], stacks[low]].filter(stack => stack !== undefined)
  const distance = ({ at }: InterruptedStack) => Math.abs(at - time)
  return around.sort((a, b) => distance(a) - distance(b)).find(stack => distance(stack) <= reach)
}

/** V8 and the stack may know an anonymous function by different names, e.g. `handler` and `routes.handler`. */
function isSame({ callFrame }: CpuProfileNode, { name, url, line }: StackFrame): boolean {
  if (callFrame.url !== url || (callFrame.lineNumber !== line && callFrame.lineNumber >= 0)) return false
  return callFrame.functionName.endsWith(name) || name.endsWith(callFrame.functionName)
}

/** The profile's call tree, which can grow. */
function createTree(profile: CpuProfile) {
  const nodes = profile.nodes.map(node => ({ ...node }))
  const byId = new Map(nodes.map(node => [node.id, node]))
  const parents = new Map(nodes.flatMap(node => (node.children ?? []).map(child => [child, node] as const)))
  const paths = new Map<number, CpuProfileNode[]>()
  const known = new Map<string, number>()
  let lastId = nodes.reduce((most, { id }) => Math.max(most, id), 0)
  const root = nodes.find(({ id }) => !parents.has(id)) as CpuProfileNode

  /** The functions with a source above a node and its own, the outermost first. */
  function path(id: number): CpuProfileNode[] {
    let found = paths.get(id)
    if (!found) {
      found = []
      for (let node = byId.get(id); node; node = parents.get(node.id))
        if (node.callFrame.url !== '') found.unshift(node)
      paths.set(id, found)
    }
    return found
  }

  function child(parent: CpuProfileNode, frame: StackFrame): CpuProfileNode {
    const existing = (parent.children ?? []).map(id => byId.get(id)).find(node => node && isSame(node, frame))
    if (existing) return existing
    // Elsewhere in the profile it may be visible: then it has V8's own position.
    const callFrame = nodes.find(node => isSame(node, frame))?.callFrame ?? {
      functionName: frame.name,
      scriptId: '0',
      url: frame.url,
      lineNumber: frame.line,
      columnNumber: frame.column,
    }
    const node: CpuProfileNode = { id: ++lastId, callFrame, hitCount: 0 }
    nodes.push(node)
    byId.set(node.id, node)
    parents.set(node.id, parent)
    parent.children = [...(parent.children ?? []), node.id]
    return node
  }

  return {
    nodes,
    path,
    /** Whether V8 saw this stack with functions left out. */
    isPartOf(id: number, frames: StackFrame[]): boolean {
      const leaf = byId.get(id)?.callFrame
      if (leaf?.url === '' && (leaf.functionName === '(idle)' || leaf.functionName === '(garbage collector)'))
        return false
      const seen = path(id)
      if (seen.length >= frames.length) return false
      let at = 0
      for (const frame of frames) if (at < seen.length && isSame(seen[at] as CpuProfileNode, frame)) at++
      return at === seen.length
    },
    /** Moves one sample of a node to the place of the stack, and returns the node there. */
    move(id: number, frames: StackFrame[]): number {
      const key = frames.map(keyOf).join('\n')
      const target = known.get(key) ?? frames.reduce(child, root).id
      known.set(key, target)
      const from = byId.get(id) as CpuProfileNode
      const to = byId.get(target) as CpuProfileNode
      from.hitCount = Math.max(0, (from.hitCount ?? 0) - 1)
      to.hitCount = (to.hitCount ?? 0) + 1
      const line = frames.at(-1)?.runningLine as number
      const ticks = to.positionTicks?.find(tick => tick.line === line)
      to.positionTicks = [
        ...(to.positionTicks ?? []).filter(tick => tick.line !== line),
        { line, ticks: (ticks?.ticks ?? 0) + 1 },
      ]
      return target
    },
  }
}
