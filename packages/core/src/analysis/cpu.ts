import type { CpuProfile } from '../model/cpu-profile.js'
import { type Allocating, findAllocating } from './allocating.js'
import { afterAwait, type CallTree, createCallTree, type Frame, type FunctionTime, isOutside } from './call-tree.js'
import { aroundOf, type Culprit, findCulprit, plain } from './culprit.js'
import { anonymous, asItIs, type OriginalOf } from './places.js'
import { runtimeCall } from './runtime-call.js'
import { findSpinner, type Spinner } from './spin.js'

export type { FunctionTime } from './call-tree.js'
export type { Culprit } from './culprit.js'

export interface CpuAnalysis {
  /** All times in milliseconds. */
  windowMs: number
  /** All time that was not idle. */
  busyMs: number
  gcMs: number
  /** The function that gave the garbage collector most of its work, `null` if none did. */
  allocating: Allocating | null
  /** Native code outside of any function. */
  programMs: number
  /** By own time, the largest first; only code of the app and its packages. At most 20. */
  functions: FunctionTime[]
  /** Those of them that have no name, with the named function around each. */
  callbacks?: { function: FunctionTime; around: FunctionTime }[]
  /** Functions of the app by total time, the largest first. At most 20. */
  callers: FunctionTime[]
  /** The function that has most of what functions of the app took themselves, however little that is. */
  busiest?: FunctionTime | null
  /** The function that explains the most of the busy time, `null` if none does. */
  culprit: Culprit | null
  /** The functions of the app and its packages that were on the stack at the end. */
  last: FunctionTime[]
  /** The function that would keep the event loop turning, if it turned without a wait: see `saySpin`. */
  spinner: Spinner | null
}

/**
 * Shows where the time of a CPU profile went. The time of runtime functions belongs to the function that called them:
 * developers cannot change `JSON.parse`, but they can call it less.
 *
 * @param cwd paths are shown relative to this working directory
 * @param originalOf maps compiled functions to their source
 */
export function analyseCpu(profile: CpuProfile, cwd: string, originalOf: OriginalOf = asItIs): CpuAnalysis {
  const tree = createCallTree(profile, cwd, originalOf)
  let windowMs = 0
  const outsideMs: Record<string, number> = {}
  for (const node of profile.nodes) {
    const ms = tree.selfMs(node)
    windowMs += ms
    const name = node.callFrame.functionName
    if (isOutside(node)) outsideMs[name] = (outsideMs[name] ?? 0) + ms
  }
  addTimes(tree)

  const busyMs = windowMs - (outsideMs['(idle)'] ?? 0) - (outsideMs['(root)'] ?? 0)
  const gcMs = outsideMs['(garbage collector)'] ?? 0
  const users = tree.frames
    .filter(({ owner }) => owner === 'app' || owner === 'package')
    .sort((a, b) => b.ownMs - a.ownMs)
  const callers = users.filter(({ owner }) => owner === 'app').sort((a, b) => b.totalMs - a.totalMs)
  return {
    windowMs,
    busyMs,
    gcMs,
    allocating: findAllocating(profile, tree),
    programMs: outsideMs['(program)'] ?? 0,
    functions: users.slice(0, 20).map(plain),
    callbacks: users.slice(0, 20).flatMap(one => {
      const around = aroundOf(one)
      return around ? [{ function: plain(one), around: plain(around) }] : []
    }),
    callers: callers.slice(0, 20).map(plain),
    busiest: findBusiest(callers),
    culprit: findCulprit(tree, users, { windowMs, busyMs, gcMs }),
    last: lastStack(profile, tree).map(plain),
    spinner: findSpinner(tree.frames),
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

/** `least`: milliseconds in functions of the app, below which a few samples are chance. */
const most = { share: 0.6, least: 50 }

/** A callback counts for the named function around it. */
function findBusiest(apps: readonly Frame[]): FunctionTime | null {
  const times = new Map<Frame, number>()
  for (const frame of apps) {
    const named = aroundOf(frame) ?? frame
    times.set(named, (times.get(named) ?? 0) + frame.ownMs)
  }
  const allMs = [...times.values()].reduce((sum, ms) => sum + ms, 0)
  const [first] = [...times].sort((a, b) => b[1] - a[1])
  return first && allMs >= most.least && first[1] >= most.share * allMs ? plain(first[0]) : null
}

interface Step {
  frame: Frame
  above: Step | undefined
}

/** What was on the stack in the last sample that is of a function. */
function lastStack({ nodes, samples }: CpuProfile, tree: CallTree): Frame[] {
  const outside = new Set(nodes.filter(isOutside).map(({ id }) => id))
  const last = samples.findLast(id => !outside.has(id))
  let found: Step | undefined
  tree.visit<Step>({
    enter(node, frame, above) {
      const step = { frame, above }
      if (node.id === last) found = step
      return step
    },
  })
  const stack: Frame[] = []
  for (let step = found; step; step = step.above) stack.push(step.frame)
  return stack.filter(({ owner }) => owner === 'app' || owner === 'package')
}

interface Visit {
  frame: Frame
  /** The nearest function above, or this one, outside the runtime. */
  user: Frame | null
  /** The runtime function that `user` called. */
  called: string | null
  /** The nearest function of the app, this one included. */
  app: Frame | null
  /** The nearest named function of the app, this one included, else the nearest at all. */
  named: Frame | null
  /** A package lies between that function of the app and this one. */
  inPackage: boolean
  /** The function that the event loop began with. */
  begunBy: string
  ms: number
}

/** Adds the times of the nodes to their functions. */
export function addTimes(tree: CallTree): void {
  tree.visit<Visit>({
    enter(node, frame, above) {
      const ms = tree.selfMs(node)
      const isRuntime = frame.owner === 'runtime'
      const user = isRuntime ? (above?.user ?? null) : frame
      const called = isRuntime && user ? runtimeCall(node.callFrame, above?.called ?? null) : null
      const isApp = frame.owner === 'app'
      const begunBy = above?.begunBy || (isOutside(node) ? '' : frame.name)
      const isNamed = isApp && (frame.name !== anonymous || !above?.named)
      frame.selfMs += ms
      if (user && !isOutside(node)) {
        user.ownMs += ms
        if (called !== null) add(user.through, called, ms)
      }
      return {
        frame,
        user,
        called,
        app: isApp ? frame : (above?.app ?? null),
        named: isNamed ? frame : (above?.named ?? null),
        inPackage: !isApp && (frame.owner === 'package' || above?.inPackage === true),
        begunBy: isRuntime && frame.name === 'runMicrotasks' ? afterAwait(begunBy) : begunBy,
        ms,
      }
    },
    leave({ frame, ms, begunBy }, above) {
      if (frame.open === 0) {
        if (above?.named && above.named !== frame) add(frame.callers, above.named, ms)
        if (frame.owner === 'app') addEdge(frame, begunBy, ms, above)
      }
      // The time that an inner call of a recursion hands up belongs to the outer one.
      if (above) above.ms += ms
    },
  })
}

/** How a function of the app was reached: from another one, or from the event loop. */
function addEdge(frame: Frame, begunBy: string, ms: number, above: Visit | undefined): void {
  if (!above?.app) return void add(frame.begunBy, begunBy, ms)
  add(above.app.callees, frame, ms)
  if (above.inPackage) add(above.app.handedOn, frame, ms)
}

const add = <Key>(sums: Map<Key, number>, key: Key, ms: number) => sums.set(key, (sums.get(key) ?? 0) + ms)
