import type { CpuProfile, CpuProfileNode } from '../model/cpu-profile.js'

/** How long a stack was on the CPU: milliseconds, then its functions from the outside in. */
export type Slice = [ms: number, ...stack: string[]]

/**
 * A CPU profile made by hand. A function is `name`, which is V8's own, or `name url:line` with a 1-based line, e.g.
 * `parse /app/csv.js:12`. Each slice is one sample that lasts until the next.
 */
export function profileOf(...slices: Slice[]): CpuProfile {
  const root: CpuProfileNode = node(1, '(root)')
  const nodes = [root]
  const idOf = new Map<string, CpuProfileNode>()
  const samples: number[] = []
  const timeDeltas: number[] = []
  let end = 0
  for (const [ms, ...stack] of slices) {
    let at = root
    let path = ''
    for (const frame of stack) {
      path += `\0${frame}`
      let next = idOf.get(path)
      if (!next) {
        next = node(nodes.length + 1, frame)
        idOf.set(path, next)
        nodes.push(next)
        at.children?.push(next.id)
      }
      at = next
    }
    samples.push(at.id)
    timeDeltas.push(end - timeDeltas.reduce((sum, delta) => sum + delta, 0))
    end += ms * 1000
  }
  return { nodes, startTime: 0, endTime: end, samples, timeDeltas }
}

function node(id: number, frame: string): CpuProfileNode {
  const [, functionName = frame, url = '', line = '0'] = /^(\S*) ((?:\/|node:|wasm:).*?)(?::(\d+))?$/.exec(frame) ?? []
  const callFrame = { functionName, scriptId: '1', url, lineNumber: Number(line) - 1, columnNumber: -1 }
  return { id, callFrame, children: [] }
}
