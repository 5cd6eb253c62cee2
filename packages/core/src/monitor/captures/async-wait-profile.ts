import { isOurs, placeOf } from '../../analysis/places.js'
import type { RawFrame } from '../../lib/our-stacks.js'
import type { Unshown, WaitGroup } from '../../model/async-wait.js'
import type { CallFrame, CpuProfile, CpuProfileNode } from '../../model/cpu-profile.js'

/** Only the waits that the app or one of its packages is part of. */
export function shownWaits(groups: WaitGroup[]): { shown: WaitGroup[]; unshown: Unshown } {
  const unshown: Unshown = { node: { count: 0, ms: 0 }, autodump: { count: 0, ms: 0 } }
  const shown = groups.filter(({ frames, count, ms }) => {
    const owner = frames
      .map(frame =>
        isOurs({ url: frame[1], line: frame[2], column: frame[3] }) ? 'autodump' : placeOf(frame[1], '/').owner,
      )
      .find(one => one !== 'runtime')
    if (owner === 'app' || owner === 'package') return true
    const bin = unshown[owner ?? 'node']
    bin.count += count
    bin.ms += ms
    return false
  })
  return { shown, unshown }
}

/**
 * The waits as a CPU profile: below the root one node for each type, below that the stacks, from outside in. A sample's
 * time is that of all waits with its stack together, so the profile lasts as long as all that was waited for, not as
 * long as the capture. A function stands where it waits or calls, so two awaits in one function are two frames.
 *
 * @param startTime microseconds
 */
export function toWaitProfile(groups: WaitGroup[], startTime: number): CpuProfile {
  const root = nodeOf(1, named('(root)'))
  const nodes: CpuProfileNode[] = [root]
  const children = new Map<string, CpuProfileNode>()

  function child(parent: CpuProfileNode, callFrame: CallFrame): CpuProfileNode {
    const { functionName, url, lineNumber, columnNumber } = callFrame
    const key = `${parent.id}\0${functionName}\0${url}\0${lineNumber}\0${columnNumber}`
    let node = children.get(key)
    if (!node) {
      node = nodeOf(nodes.length + 1, callFrame)
      nodes.push(node)
      children.set(key, node)
      parent.children = [...(parent.children ?? []), node.id]
    }
    return node
  }

  const samples: number[] = []
  const timeDeltas = [0]
  let endTime = startTime
  for (const { type, detail, frames, ms } of groups) {
    const top = child(root, named(detail ? `${type} ${detail}` : type))
    const leaf = frames.toReversed().reduce((node, frame) => child(node, toCallFrame(frame)), top)
    const micros = Math.round(ms * 1000)
    leaf.hitCount = (leaf.hitCount ?? 0) + Math.round(ms)
    samples.push(leaf.id)
    timeDeltas.push(micros)
    endTime += micros
  }
  // A sample lasts until the next one, so there is one more to end the last of them.
  samples.push(root.id)
  return { nodes, startTime, endTime, samples, timeDeltas }
}

const nodeOf = (id: number, callFrame: CallFrame): CpuProfileNode => ({ id, callFrame, hitCount: 0 })

function named(functionName: string): CallFrame {
  return { functionName, scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 }
}

function toCallFrame([name, url, line, column, kind]: RawFrame): CallFrame {
  if (kind === 'all') return named('Promise.all')
  return { functionName: name || '(anonymous)', scriptId: '0', url, lineNumber: line - 1, columnNumber: column - 1 }
}
