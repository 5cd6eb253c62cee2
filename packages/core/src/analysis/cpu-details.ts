import type { CpuProfile, CpuProfileNode } from '../model/cpu-profile.js'
import { createCallTree, type Frame, isIdle, isOutside } from './call-tree.js'
import { asItIs, type OriginalOf } from './places.js'
import { sayFunction } from './say-culprit.js'

/** Where the time of a CPU profile went, for a closer look than a sentence. Shares are of the busy time, 0 to 1. */
export interface CpuDetails {
  windowMs: number
  busyMs: number
  /** Functions of the app and its packages by own time, the largest first; at most 5. */
  functions: { function: string; own: number; total: number }[]
  /** Lines of theirs, the hottest first; at most 5. V8 counts them in some engines only. */
  lines: { line: string; share: number }[]
  /** The stack in which the first of the functions was met the most, the innermost first; without Node's own frames. */
  stack: string[]
}

const mostShown = 5

/** A smaller share is chance. */
const leastShare = 0.01

/** Frames of a stack that are worth a line. */
const deepest = 12

export function detailsOf(profile: CpuProfile, cwd: string, originalOf: OriginalOf = asItIs): CpuDetails {
  const tree = createCallTree(profile, cwd, originalOf)
  const parents = new Map<CpuProfileNode, { node: CpuProfileNode; frame: Frame } | undefined>()
  const frameOf = new Map<CpuProfileNode, Frame>()
  /** Own time by call site, that of the runtime functions below included. */
  const sites = new Map<CpuProfileNode, number>()
  let [windowMs, busyMs] = [0, 0]
  interface Visit {
    node: CpuProfileNode
    frame: Frame
    user: CpuProfileNode | null
  }
  const isUser = ({ owner }: Frame) => owner === 'app' || owner === 'package'
  tree.visit<Visit>({
    enter(node, frame, above) {
      parents.set(node, above)
      frameOf.set(node, frame)
      const ms = tree.selfMs(node)
      windowMs += ms
      const user = isUser(frame) ? node : (above?.user ?? null)
      if (!isIdle(node)) busyMs += ms
      if (user && !isOutside(node)) {
        const owner = frameOf.get(user) as Frame
        owner.ownMs += ms
        sites.set(user, (sites.get(user) ?? 0) + ms)
      }
      return { node, frame, user }
    },
  })
  const share = (ms: number) => (busyMs > 0 ? ms / busyMs : 0)
  const hot = tree.frames
    .filter(frame => isUser(frame) && share(frame.ownMs) >= leastShare)
    .sort((a, b) => b.ownMs - a.ownMs)
    .slice(0, mostShown)
  const [site] = [...sites].filter(([node]) => frameOf.get(node) === hot[0]).sort((a, b) => b[1] - a[1])
  return {
    windowMs,
    busyMs,
    functions: hot.map(frame => ({
      function: sayFunction(frame),
      own: share(frame.ownMs),
      total: share(frame.totalMs),
    })),
    lines: linesOf(profile, frameOf, tree.selfMs, isUser, originalOf)
      .map(({ line, ms }) => ({ line, share: share(ms) }))
      .filter(one => one.share >= leastShare),
    stack: site ? stackOf(site[0]) : [],
  }

  function stackOf(innermost: CpuProfileNode): string[] {
    const stack: string[] = []
    let at: CpuProfileNode | undefined = innermost
    while (at && stack.length < deepest) {
      const frame = frameOf.get(at) as Frame
      if (isUser(frame)) stack.push(sayFunction(frame))
      at = parents.get(at)?.node
    }
    return stack
  }
}

/** Own time by line, as V8 counted it. */
function linesOf(
  { nodes }: CpuProfile,
  frameOf: Map<CpuProfileNode, Frame>,
  selfMs: (node: CpuProfileNode) => number,
  isUser: (frame: Frame) => boolean,
  originalOf: OriginalOf,
): { line: string; ms: number }[] {
  const byLine = new Map<string, { node: CpuProfileNode; frame: Frame; line: number; ms: number }>()
  for (const node of nodes) {
    const frame = frameOf.get(node)
    const ticks = node.positionTicks ?? []
    if (!frame || !isUser(frame)) continue
    const all = ticks.reduce((sum, one) => sum + one.ticks, 0)
    for (const { line, ticks: count } of ticks) {
      const key = `${node.callFrame.url}\0${line}`
      const known = byLine.get(key) ?? { node, frame, line, ms: 0 }
      known.ms += (selfMs(node) * count) / all
      byLine.set(key, known)
    }
  }
  return [...byLine.values()]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, mostShown)
    .flatMap(({ node, frame, line, ms }) => {
      const written = lineInSource(node, line, originalOf)
      return written === null ? [] : { line: `${frame.file}:${written} in ${frame.name}`, ms }
    })
}

/** `null` where only the script is known. */
function lineInSource({ callFrame }: CpuProfileNode, line: number, originalOf: OriginalOf): number | null {
  const { functionName: name, url, lineNumber, columnNumber } = callFrame
  const original = originalOf({ name, url, line: lineNumber + 1, column: columnNumber + 1, hotLine: line })
  if (!original) return line
  if (original.line < 1) return null
  return original.hotLine ?? original.line
}

/** The part of a profile between two moments, in milliseconds from its beginning. */
export function sliceProfile(profile: CpuProfile, from = 0, to = Number.POSITIVE_INFINITY): CpuProfile {
  const { startTime, samples, timeDeltas } = profile
  const [first, last] = [startTime + 1000 * from, Math.min(profile.endTime, startTime + 1000 * to)]
  const kept: { sample: number; at: number }[] = []
  let at = startTime
  for (const [index, sample] of samples.entries()) {
    at += timeDeltas[index] ?? 0
    const until = index + 1 < samples.length ? at + (timeDeltas[index + 1] ?? 0) : profile.endTime
    // A sample lasts until the next one.
    if (until > first && at < last) kept.push({ sample, at: Math.max(at, first) })
  }
  const deltas = kept.map((one, index) => one.at - (kept[index - 1]?.at ?? first))
  return {
    ...profile,
    startTime: first,
    endTime: Math.max(first, last),
    samples: kept.map(({ sample }) => sample),
    timeDeltas: deltas,
  }
}
