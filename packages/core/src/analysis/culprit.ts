import { type CallTree, type Frame, type FunctionTime, isOutside } from './call-tree.js'
import { anonymous, packageOf } from './places.js'

export interface Culprit {
  /** If no function of the app is to blame: the function through which the package was entered. */
  function: FunctionTime
  /** Share of the busy time, 0 to 1: own time, or total time if it is spread. */
  share: number
  /** The runtime function that took most of the time, if it was not the function's own code. */
  through: string | null
  /** The calling function of the app, if this one belongs to a package, has no name, or was given to a runtime function. */
  calledBy: FunctionTime | null
  /** Present if the time is spread over many functions. */
  spread?: Spread
}

/** Time that lies in the functions below one. */
export interface Spread {
  functions: number
  /** The package that took most of it, together with packages that it called; `null`: no package did. */
  package: string | null
  /** How many packages this one called. */
  others: number
  /** Share of the culprit's time, 0 to 1. */
  share: number
}

/** A function of the app with a smaller share of the busy time explains nothing. */
const explains = 0.1

/** The same for a function of a package, and for a package that no function of the app called. */
const explainsAlone = 0.5

/** The same for a function with its time spread over others. */
const explainsInTotal = 0.25

/** So much of the busy time may be garbage collection, which is the work of no function. Shares go by the rest then. */
const mostCollected = 0.5

/** Milliseconds of the busy time that functions can explain. */
export const explicable = (busyMs: number, gcMs: number): number => busyMs - Math.min(gcMs, mostCollected * busyMs)

/** In an idle process the work of a framework is no load: the same as a share of all the time. */
const worthWord = 0.1

/** With this share of the time below another function, one function is the culprit itself. */
const standsOut = 0.4

/** With this share of its caller's time, a function is where the caller's time goes. */
const goesOn = 0.8

/** Of a profile, in milliseconds. */
interface Times {
  windowMs: number
  busyMs: number
  gcMs: number
}

/**
 * The function that explains the busy time: the one with the most own time, if it stands out; else the function of the
 * app below which the time is spread; else the package that took most of it.
 *
 * @param users functions of the app and its packages, the most own time first
 */
export function findCulprit(tree: CallTree, users: Frame[], times: Times): Culprit | null {
  const { busyMs, gcMs } = times
  const above = findAbove(users, explainsInTotal * explicable(busyMs, gcMs))
  const single = users.find(frame => frame.ownMs > 0 && explainsItself(frame, above, times))
  if (single && (!above || single.ownMs >= standsOut * above.totalMs)) return singleCulprit(single, busyMs)
  const spread = above && spreadCulprit(tree, above, busyMs)
  if (spread) return spread
  return single ? singleCulprit(single, busyMs) : packageCulprit(tree, times)
}

/** Whether the own time of a function is worth its name. That of a package needs a caller, or most of the time. */
function explainsItself({ owner, ownMs, callers }: Frame, above: Frame | null, { busyMs, gcMs }: Times): boolean {
  if (owner === 'app') return ownMs >= explains * explicable(busyMs, gcMs)
  return ownMs >= explainsAlone * busyMs || (above !== null && callers.has(above) && ownMs >= standsOut * above.totalMs)
}

/**
 * The innermost function of the app that has nearly all time of those above it. A function that only hands on to
 * others through a package, as middleware does, gives way to the largest of them.
 */
function findAbove(users: Frame[], enough: number): Frame | null {
  const [first] = users.filter(({ owner }) => owner === 'app').sort((a, b) => b.totalMs - a.totalMs)
  if (!first || first.totalMs < enough) return null
  const path = new Set<Frame>()
  let last = first
  for (let at: Frame | undefined = first; at; at = nextBelow(at, path, enough)) {
    path.add(at)
    last = at
  }
  return aroundOf(last) ?? last
}

function nextBelow({ totalMs, callees, handedOn }: Frame, path: Set<Frame>, enough: number): Frame | undefined {
  const [next, ms = 0] = mostOf(callees, one => !path.has(one)) ?? []
  const handsOn = sumOf(handedOn) >= goesOn * totalMs && ms >= enough && next !== undefined && handedOn.has(next)
  return ms > 0 && (ms >= goesOn * totalMs || handsOn) ? next : undefined
}

function singleCulprit(frame: Frame, busyMs: number): Culprit {
  const { owner, name, ownMs, selfMs, calls, givenTo } = frame
  const [through, ms] = mostOf(frame.through) ?? []
  const ofLine = calls !== undefined && selfMs > ownMs / 2 ? calls : null
  const hasCaller = owner === 'package' || name === anonymous || givenTo !== undefined
  return {
    function: plain(frame),
    share: ownMs / busyMs,
    through: through !== undefined && (ms ?? 0) > ownMs / 2 ? through : ofLine,
    calledBy: hasCaller ? callerOf(frame) : null,
  }
}

interface Part {
  ms: number
  functions: Set<Frame>
  packages: Set<string>
  /** Time by the function through which the app or the event loop entered the package. */
  entries: Map<Frame, number>
}

function spreadCulprit(tree: CallTree, frame: Frame, busyMs: number): Culprit | null {
  const { totalMs } = frame
  const { parts, functions, ms } = partsBelow(tree, frame)
  if (functions.size < 2) return null
  const [name, part] = largest(parts)
  const isOfPackage = part !== undefined && part.ms > totalMs / 2
  return {
    function: plain(frame),
    share: totalMs / busyMs,
    through: null,
    calledBy: frame.name === anonymous ? callerOf(frame) : null,
    spread: isOfPackage
      ? spreadOver(name as string, part, totalMs)
      : { functions: functions.size, package: null, others: 0, share: ms / totalMs },
  }
}

/** Work that the event loop begins in a package: a driver parses an answer, an ORM goes on after it. */
function packageCulprit(tree: CallTree, { busyMs, gcMs, windowMs }: Times): Culprit | null {
  const [name, part] = largest(partsBelow(tree, null).parts)
  const [entry] = (part && mostOf(part.entries)) ?? []
  if (!part || !entry || part.ms < Math.max(explainsAlone * explicable(busyMs, gcMs), worthWord * windowMs)) return null
  const spread = spreadOver(name as string, part, part.ms)
  return { function: plain(entry), share: part.ms / busyMs, through: null, calledBy: null, spread }
}

const spreadOver = (name: string, { ms, functions, packages }: Part, totalMs: number): Spread => ({
  functions: functions.size,
  package: name,
  others: packages.size - 1,
  share: ms / totalMs,
})

const largest = (parts: Map<string, Part>): [string?, Part?] => [...parts].sort((a, b) => b[1].ms - a[1].ms)[0] ?? []

/**
 * The time below a function by the package that was entered first; `null`: of packages that no function of the app
 * called.
 */
function partsBelow(tree: CallTree, top: Frame | null) {
  const parts = new Map<string, Part>()
  const functions = new Set<Frame>()
  let ms = 0
  interface Below {
    isInside: boolean
    user: Frame | null
    /** The function through which the first package was entered; the app's own functions may run below it. */
    entry: Frame | null
  }
  tree.visit<Below>({
    enter(node, frame, above) {
      const isOthers = frame.owner === 'package' || frame.owner === 'runtime'
      const isInside = top === null ? isOthers && (above?.isInside ?? true) : frame === top || above?.isInside === true
      const user = frame.owner === 'runtime' ? (above?.user ?? null) : frame
      const entry = above?.entry ?? (isInside && frame.owner === 'package' ? frame : null)
      const self = tree.selfMs(node)
      if (isInside && user && user !== top && user.owner !== 'autodump' && self > 0 && !isOutside(node)) {
        functions.add(user)
        ms += self
        if (entry && user.owner === 'package') addTo(parts, entry, user, self)
      }
      return { isInside, user, entry }
    },
  })
  return { parts, functions, ms }
}

function addTo(parts: Map<string, Part>, entry: Frame, user: Frame, ms: number): void {
  const name = packageOf(entry)
  const part = parts.get(name) ?? { ms: 0, functions: new Set(), packages: new Set([name]), entries: new Map() }
  parts.set(name, part)
  part.ms += ms
  part.functions.add(user)
  part.packages.add(packageOf(user))
  part.entries.set(entry, (part.entries.get(entry) ?? 0) + ms)
}

/** The named function around a function without a name, in the same file. */
export function aroundOf({ name, file, callers }: Frame): Frame | null {
  const [outer] = (name === anonymous && mostOf(callers)) || []
  return outer && outer.name !== anonymous && outer.file === file ? outer : null
}

function callerOf({ callers }: Frame): FunctionTime | null {
  const [caller] = mostOf(callers) ?? []
  return caller ? plain(caller) : null
}

const sumOf = (times: Map<unknown, number>) => [...times.values()].reduce((sum, ms) => sum + ms, 0)

const mostOf = <Key>(times: Map<Key, number>, isMeant: (key: Key) => boolean = () => true): [Key, number] | undefined =>
  [...times].filter(([key]) => isMeant(key)).sort((a, b) => b[1] - a[1])[0]

/** The times of a function without its relations. */
export function plain({ open, through, callers, callees, handedOn, begunBy, ...time }: Frame): FunctionTime {
  return time
}
