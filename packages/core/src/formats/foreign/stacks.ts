import type { CallFrame, CpuProfile, CpuProfileNode } from '../../model/cpu-profile.js'
import type { HeapProfile } from '../../model/heap-profile.js'

/** The words of other formats for a function: a name, and perhaps where it is (1-based; 0: unknown). */
export interface ForeignFrame {
  name: string
  url?: string
  line?: number
  column?: number
}

/** A stack, the outermost function first, with its microseconds or bytes. */
export interface WeighedStack {
  frames: ForeignFrame[]
  weight: number
  /** The running line of the innermost function, if it is known. */
  line?: number
}

interface TreeNode {
  id: number
  callFrame: CallFrame
  children: Map<string, TreeNode>
  weight: number
  lines: Map<number, number>
}

/** The stacks as the CPU profile that V8 would have written: one sample each, in their order. */
export function cpuProfileOf(stacks: readonly WeighedStack[]): CpuProfile {
  const { nodes, leaves } = treeOf(stacks)
  let total = 0
  const timeDeltas = stacks.map((_, index) => {
    // In V8's format a sample lasts until the next one.
    const before = stacks[index - 1]?.weight ?? 0
    total += stacks[index]?.weight ?? 0
    return before
  })
  return {
    nodes: nodes.map(
      ({ id, callFrame, children, lines }): CpuProfileNode => ({
        id,
        callFrame,
        ...(children.size > 0 && { children: [...children.values()].map(child => child.id) }),
        ...(lines.size > 0 && { positionTicks: [...lines].map(([line, ticks]) => ({ line, ticks })) }),
      }),
    ),
    startTime: 0,
    endTime: total,
    samples: leaves.map(({ id }) => id),
    timeDeltas,
  }
}

/** The stacks as a sampling heap profile. */
export function heapProfileOf(stacks: readonly WeighedStack[]): HeapProfile {
  const { nodes } = treeOf(stacks)
  const written = new Map(
    nodes.map(({ id, callFrame, weight }) => [
      id,
      { id, callFrame, selfSize: weight, children: [] as HeapProfile['head'][] },
    ]),
  )
  for (const { id, children } of nodes)
    for (const child of children.values()) written.get(id)?.children.push(written.get(child.id) as HeapProfile['head'])
  return { head: written.get(1) as HeapProfile['head'], samples: [] }
}

function treeOf(stacks: readonly WeighedStack[]): { nodes: TreeNode[]; leaves: TreeNode[] } {
  const nodes: TreeNode[] = []
  const grow = ({ name, url = '', line = 0, column = 0 }: ForeignFrame): TreeNode => {
    const place = { lineNumber: Math.max(0, line - 1), columnNumber: Math.max(0, column - 1) }
    const node: TreeNode = {
      id: nodes.length + 1,
      callFrame: { functionName: name, scriptId: '0', url, ...place },
      children: new Map(),
      weight: 0,
      lines: new Map(),
    }
    nodes.push(node)
    return node
  }
  const root = grow({ name: '(root)' })
  const leaves = stacks.map(({ frames, weight, line }) => {
    let node = root
    for (const frame of frames) {
      const key = `${frame.name}\0${frame.url}\0${frame.line}\0${frame.column}`
      const below = node.children.get(key) ?? grow(frame)
      node.children.set(key, below)
      node = below
    }
    node.weight += weight
    if (line !== undefined && line > 0) node.lines.set(line, (node.lines.get(line) ?? 0) + weight)
    return node
  })
  return { nodes, leaves }
}
