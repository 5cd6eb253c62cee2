import type { CpuProfile, CpuProfileNode } from '../model/cpu-profile.js'
import { adoptProgram, anonymous, type LocatedFunction, locate, type OriginalOf } from './places.js'

/** Time of one function, over all its call sites. */
export interface FunctionTime extends LocatedFunction {
  /** Milliseconds in the function itself. */
  selfMs: number
  /** Self time plus the time of the runtime functions (`crypto.pbkdf2Sync`, a regular expression) that it called. */
  ownMs: number
  /** Milliseconds in the function and all its callees; recursion counts once. */
  totalMs: number
}

/** A function and its times, with its relations to others. */
export interface Frame extends FunctionTime {
  /** Calls of it on the current stack. */
  open: number
  /** Own time by the runtime function that it called. */
  through: Map<string, number>
  /** Total time by the nearest named function of the app above, else the nearest at all. */
  callers: Map<Frame, number>
  /** Total time of the next functions of the app below. */
  callees: Map<Frame, number>
  /** The part of that of which a package called the function. */
  handedOn: Map<Frame, number>
  /** Total time by the function of Node that the event loop began with, if no function of the app was in between. */
  begunBy: Map<string, number>
}

/** In `begunBy`: a promise went on after the function of Node that the event loop began with. */
export const afterAwait = (begunBy: string): string => `${begunBy} > runMicrotasks`

/** `enter` returns the state of a node, from the state of the node above. */
export interface Visitor<State> {
  enter(node: CpuProfileNode, frame: Frame, above: State | undefined): State
  leave?(state: State, above: State | undefined): void
}

export interface CallTree {
  frames: Frame[]
  selfMs(node: CpuProfileNode): number
  visit<State>(visitor: Visitor<State>): void
}

const outside = new Set(['(idle)', '(program)', '(root)', '(garbage collector)'])

/** V8's own entries, whose time is no function's. */
export const isOutside = ({ callFrame }: CpuProfileNode): boolean => outside.has(callFrame.functionName)

/** Time that nothing took. */
export const isIdle = ({ callFrame }: CpuProfileNode): boolean => ['(idle)', '(root)'].includes(callFrame.functionName)

export function createCallTree(profile: CpuProfile, cwd: string, originalOf: OriginalOf): CallTree {
  const self = selfTimes(profile)
  const selfMs = ({ id }: CpuProfileNode) => self.get(id) ?? 0
  const frameOf = framesOf(profile, cwd, originalOf)
  const frames = [...new Set(frameOf.values())]
  const byId = new Map(profile.nodes.map(node => [node.id, node]))
  const children = new Set(profile.nodes.flatMap(node => node.children ?? []))
  const roots = profile.nodes.filter(({ id }) => !children.has(id))
  /** Depth first and without recursion: stacks can be 10,000 frames deep. */
  function visit<State>({ enter, leave }: Visitor<State>): void {
    const open = (node: CpuProfileNode, above?: State) => {
      const frame = frameOf.get(node) as Frame
      frame.open += 1
      return { node, frame, state: enter(node, frame, above), next: 0 }
    }
    for (const root of roots) {
      const stack = [open(root)]
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        const child = byId.get(top.node.children?.[top.next++] ?? Number.NaN)
        if (child) {
          stack.push(open(child, top.state))
          continue
        }
        stack.pop()
        top.frame.open -= 1
        leave?.(top.state, stack.at(-1)?.state)
      }
    }
  }
  addTotals(visit, selfMs)
  const all = frames.reduce((most, { totalMs }) => Math.max(most, totalMs), 0)
  adoptProgram(frames.filter(({ isProgram, totalMs }) => isProgram || totalMs >= takesPart * all))
  return { frames, selfMs, visit }
}

/** A file of settings that ran for a smaller share of the time is not the app. */
const takesPart = 0.05

function addTotals(visit: CallTree['visit'], selfMs: CallTree['selfMs']): void {
  visit<{ frame: Frame; ms: number }>({
    enter: (node, frame) => ({ frame, ms: selfMs(node) }),
    leave({ frame, ms }, above) {
      // A recursive function is on the stack more than once; its time counts for the outermost call.
      if (frame.open === 0) frame.totalMs += ms
      if (above) above.ms += ms
    },
  })
}

/** Milliseconds by sample. As in Chrome DevTools, a sample lasts until the next one. */
export function sampleTimes({ samples, timeDeltas, startTime, endTime }: CpuProfile): number[] {
  let at = startTime
  return samples.map((_, index) => {
    at += timeDeltas[index] ?? 0
    const until = index + 1 < samples.length ? (timeDeltas[index + 1] ?? 0) : endTime - at
    return Math.max(0, until) / 1000
  })
}

/** Milliseconds by node. */
export function selfTimes(profile: CpuProfile): Map<number, number> {
  const self = new Map<number, number>()
  const times = sampleTimes(profile)
  for (const [index, id] of profile.samples.entries()) self.set(id, (self.get(id) ?? 0) + (times[index] as number))
  return self
}

function framesOf({ nodes }: CpuProfile, cwd: string, originalOf: OriginalOf): Map<CpuProfileNode, Frame> {
  const byFunction = new Map<string, CpuProfileNode[]>()
  for (const node of nodes) {
    const { functionName, url, lineNumber, columnNumber } = node.callFrame
    const key = `${functionName}\0${url}\0${lineNumber}\0${columnNumber}`
    const same = byFunction.get(key)
    if (same) same.push(node)
    else byFunction.set(key, [node])
  }
  const frames = new Map<CpuProfileNode, Frame>()
  for (const same of byFunction.values()) {
    const { functionName, url, lineNumber, columnNumber } = (same[0] as CpuProfileNode).callFrame
    const hotLine = hotLineOf(same)
    const ran = { name: functionName || anonymous, url, line: lineNumber + 1, column: columnNumber + 1 }
    const frame: Frame = {
      ...locate({ ...ran, ...(hotLine !== null && { hotLine }) }, cwd, originalOf),
      ...{ selfMs: 0, ownMs: 0, totalMs: 0, open: 0 },
      through: new Map(),
      callers: new Map(),
      callees: new Map(),
      handedOn: new Map(),
      begunBy: new Map(),
    }
    for (const node of same) frames.set(node, frame)
  }
  return frames
}

/** A line with this share of the ticks of a function is where its own time went. */
const most = 0.6

/** 1-based, in the code that ran; `null` if no line stands out, or the engine did not count lines. */
function hotLineOf(nodes: CpuProfileNode[]): number | null {
  const ticks = new Map<number, number>()
  for (const { positionTicks = [] } of nodes)
    for (const { line, ticks: count } of positionTicks) ticks.set(line, (ticks.get(line) ?? 0) + count)
  const [hottest] = [...ticks].sort((a, b) => b[1] - a[1])
  const all = [...ticks.values()].reduce((sum, count) => sum + count, 0)
  return hottest && hottest[1] >= most * all ? hottest[0] : null
}
