import type { CpuProfile, CpuProfileNode } from '../model/cpu-profile.js'
import { anonymous, asItIs, type LocatedFunction, locate, type OriginalOf } from './places.js'

/** Time of one function, over all its call sites. */
export interface FunctionTime extends LocatedFunction {
  /** Milliseconds in the function itself. */
  selfMs: number
  /** Self time plus the time of the runtime functions (`JSON.parse`, `sort`, a regular expression) that it called. */
  ownMs: number
  /** Milliseconds in the function and all its callees; recursion counts once. */
  totalMs: number
}

export interface CpuAnalysis {
  /** All times in milliseconds. */
  windowMs: number
  /** All time that was not idle. */
  busyMs: number
  gcMs: number
  /** Native code outside of any function. */
  programMs: number
  /** By own time, the largest first; only code of the app and its packages. At most 20. */
  functions: FunctionTime[]
  /** The function that explains the most of the busy time, `null` if none does. */
  culprit: Culprit | null
}

export interface Culprit {
  function: FunctionTime
  /** Share of the busy time, 0 to 1. */
  share: number
  /** The runtime function that took most of the time, if it was not the function's own code. */
  through: string | null
  /** The calling function of the app, if this function belongs to a package or has no name of its own. */
  calledBy: FunctionTime | null
}

/** A function with a smaller share of the busy time explains nothing. */
const explains = 0.1

/** The value of `through` for all functions of WebAssembly together. */
export const webAssembly = 'WebAssembly'

const outside = new Set(['(idle)', '(program)', '(root)', '(garbage collector)'])

interface Frame extends FunctionTime {
  open: number
  /** Own time by the runtime function that spent it. */
  through: Map<string, number>
  /** Total time by the app function above: see `Visit.app`. */
  callers: Map<Frame, number>
}

/**
 * Shows where the time of a CPU profile went. Times are sums of `timeDeltas`: as in Chrome DevTools, a sample lasts
 * until the next one. The time of runtime functions belongs to the function that called them: developers cannot change
 * `JSON.parse`, but they can call it less.
 *
 * @param cwd paths are shown relative to this working directory
 * @param originalOf maps compiled functions to their source
 */
export function analyseCpu(profile: CpuProfile, cwd: string, originalOf: OriginalOf = asItIs): CpuAnalysis {
  const self = selfTimes(profile)
  const frames = new Map<string, Frame>()
  let windowMs = 0
  const outsideMs: Record<string, number> = {}
  for (const node of profile.nodes) {
    const ms = self.get(node.id) ?? 0
    windowMs += ms
    const name = node.callFrame.functionName
    if (outside.has(name)) outsideMs[name] = (outsideMs[name] ?? 0) + ms
  }
  walk(profile, frameFinder(frames, cwd, originalOf), self)

  const busyMs = windowMs - (outsideMs['(idle)'] ?? 0) - (outsideMs['(root)'] ?? 0)
  const users = [...frames.values()]
    .filter(({ owner }) => owner === 'app' || owner === 'package')
    .sort((a, b) => b.ownMs - a.ownMs)
  const [first] = users
  return {
    windowMs,
    busyMs,
    gcMs: outsideMs['(garbage collector)'] ?? 0,
    programMs: outsideMs['(program)'] ?? 0,
    functions: users.slice(0, 20).map(plain),
    culprit: first && first.ownMs >= explains * busyMs && first.ownMs > 0 ? culpritOf(first, busyMs) : null,
  }
}

/**
 * The same without the garbage collection that other captures of the dump caused: a heap snapshot begins with one, and
 * V8 counts all the time of its walk through the heap as garbage collection.
 *
 * @param pausedMs milliseconds for which the captures held up the app thread
 */
export function withoutOurCollections(cpu: CpuAnalysis, pausedMs: number): CpuAnalysis {
  const ours = Math.min(cpu.gcMs, pausedMs)
  return { ...cpu, gcMs: cpu.gcMs - ours, busyMs: cpu.busyMs - ours }
}

/** Milliseconds by node. */
function selfTimes({ samples, timeDeltas, startTime, endTime }: CpuProfile): Map<number, number> {
  const self = new Map<number, number>()
  let at = startTime
  for (let index = 0; index < samples.length; index++) {
    at += timeDeltas[index] ?? 0
    const until = index + 1 < samples.length ? (timeDeltas[index + 1] ?? 0) : endTime - at
    const id = samples[index] as number
    self.set(id, (self.get(id) ?? 0) + Math.max(0, until) / 1000)
  }
  return self
}

function frameFinder(frames: Map<string, Frame>, cwd: string, originalOf: OriginalOf) {
  return ({ callFrame }: CpuProfileNode): Frame => {
    const { functionName, url, lineNumber, columnNumber } = callFrame
    const key = `${functionName}\0${url}\0${lineNumber}\0${columnNumber}`
    let frame = frames.get(key)
    if (!frame) {
      const ran = { name: functionName || anonymous, url, line: lineNumber + 1, column: columnNumber + 1 }
      const times = { selfMs: 0, ownMs: 0, totalMs: 0, open: 0 }
      frame = { ...locate(ran, cwd, originalOf), ...times, through: new Map(), callers: new Map() }
      frames.set(key, frame)
    }
    return frame
  }
}

/** Depth first and without recursion: stacks can be 10,000 frames deep. */
function walk({ nodes }: CpuProfile, frameOf: (node: CpuProfileNode) => Frame, self: Map<number, number>): void {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const children = new Set(nodes.flatMap(node => node.children ?? []))
  interface Visit {
    node: CpuProfileNode
    frame: Frame
    /** The nearest function above, or this one, outside the runtime. */
    user: Frame | null
    /** The nearest named function of the app above, else the nearest at all. */
    app: Frame | null
    ms: number
    next: number
  }
  const visit = (node: CpuProfileNode, above: Visit | undefined): Visit => {
    const frame = frameOf(node)
    const ms = self.get(node.id) ?? 0
    const isOutside = outside.has(node.callFrame.functionName)
    const user = frame.owner === 'runtime' ? (above?.user ?? null) : frame
    const isNearest = above?.frame.owner === 'app' && (above.frame.name !== anonymous || above.app?.name === undefined)
    const app = isNearest ? above.frame : (above?.app ?? null)
    frame.selfMs += ms
    frame.open += 1
    if (user && !isOutside) {
      user.ownMs += ms
      if (user !== frame) {
        const name = isWasm(frame) ? webAssembly : frame.name
        user.through.set(name, (user.through.get(name) ?? 0) + ms)
      }
    }
    return { node, frame, user, app, ms, next: 0 }
  }
  for (const root of nodes) {
    if (children.has(root.id)) continue
    const stack = [visit(root, undefined)]
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const child = byId.get(top.node.children?.[top.next++] ?? Number.NaN)
      if (child) {
        stack.push(visit(child, top))
        continue
      }
      stack.pop()
      const { frame, app, ms } = top
      frame.open -= 1
      // A recursive function is on the stack more than once; its time counts for the outermost call.
      if (frame.open === 0) {
        frame.totalMs += ms
        if (app && app !== frame) frame.callers.set(app, (frame.callers.get(app) ?? 0) + ms)
      }
      const below = stack.at(-1)
      if (below) {
        // The time that an inner call of a recursion hands up belongs to the outer one.
        below.ms += ms
      }
    }
  }
}

const isWasm = ({ file }: Frame) => file.startsWith('wasm:')

function culpritOf(frame: Frame, busyMs: number): Culprit {
  const [through] = [...frame.through].sort((a, b) => b[1] - a[1])
  const [caller] = [...frame.callers].sort((a, b) => b[1] - a[1])
  return {
    function: plain(frame),
    share: frame.ownMs / busyMs,
    through: through && through[1] > frame.ownMs / 2 ? through[0] : null,
    calledBy: (frame.owner === 'package' || frame.name === anonymous) && caller ? plain(caller[0]) : null,
  }
}

function plain({ open, through, callers, ...time }: Frame): FunctionTime {
  return time
}
