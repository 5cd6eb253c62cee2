import type { Figure } from './figures.ts'

export interface CallFrame {
  functionName: string
  url: string
  /** 0-based, -1 where unknown. */
  lineNumber: number
  columnNumber: number
}

interface CpuNode {
  id: number
  callFrame: CallFrame
  children?: number[]
}

/** The fields that are read of a `.cpuprofile`; times in microseconds. */
export interface CpuProfile {
  nodes: CpuNode[]
  startTime: number
  endTime: number
  samples: number[]
  timeDeltas: number[]
}

/** The fields that are read of a `.heapprofile`; sizes in bytes. */
export interface HeapProfile {
  head: HeapNode
}

interface HeapNode {
  callFrame: CallFrame
  selfSize: number
  children: HeapNode[]
}

export interface CpuFigures {
  /** Milliseconds. */
  windowMs: number
  busyMs: number
  /** The share of the busy time, 0 to 1. */
  functions: Figure[]
}

const garbageCollection = '(garbage collector)'
const installed = /[\\/]@autodump[\\/]|[\\/]node_modules[\\/]v8-profiler-next[\\/]/
/** A folder that no other program has: it leads to our packages where they run from a checkout. */
const checkout = /^(.*[\\/])core[\\/]dist[\\/](?:app[\\/](?:mid-block|black-box)[\\/]|bundle[\\/](?:app|both)\.js)/
const packages = /^(?:core|fastify|express|koa)[\\/]dist[\\/]/

/** Our own work in the app thread says nothing of the app. @param urls of all frames of the profile */
function ownFrames(urls: Iterable<string>): (frame: Pick<CallFrame, 'url'>) => boolean {
  const roots = new Set<string>()
  for (const url of urls) {
    const [, root] = checkout.exec(url) ?? []
    if (root !== undefined) roots.add(root)
  }
  const isBelow = (url: string) =>
    [...roots].some(root => url.startsWith(root) && packages.test(url.slice(root.length)))
  return ({ url }) => installed.test(url) || isBelow(url)
}

/** The nodes that are ours, with what they called of Node and V8; but the app may run below them. */
export function oursIn(profile: CpuProfile): Set<number> {
  const isOurs = ownFrames(profile.nodes.map(({ callFrame }) => callFrame.url))
  const found = new Set<number>()
  descend(profile, false, ({ id, callFrame }, below) => {
    const ours = isOurs(callFrame) || (below && isRuntime(callFrame))
    if (ours) found.add(id)
    return ours
  })
  return found
}

const outside = new Set(['(idle)', '(program)', '(root)', garbageCollection])

/**
 * Which function the busy time went to, counted as in the sentence of a dump: the time of a function of Node or V8
 * (`JSON.parse`, a regular expression) belongs to the function that called it.
 */
export function cpuFigures(profile: CpuProfile): CpuFigures {
  const own = ownTimes(profile)
  const owner = new Map<number, CallFrame>()
  descend<CallFrame | undefined>(profile, undefined, ({ id, callFrame }, above) => {
    const mine = above && isRuntime(callFrame) && !outside.has(callFrame.functionName) ? above : callFrame
    owner.set(id, mine)
    return isRuntime(mine) ? undefined : mine
  })

  const isOurs = ownFrames(profile.nodes.map(({ callFrame }) => callFrame.url))
  let windowMs = 0
  let idleMs = 0
  const figures: Figure[] = []
  for (const [id, ms] of own) {
    const frame = owner.get(id)
    if (!frame || ms === 0 || isOurs(frame)) continue
    windowMs += ms
    if (frame.functionName === '(idle)' || frame.functionName === '(root)') idleMs += ms
    else figures.push(figureOf(frame, ms))
  }
  const busyMs = windowMs - idleMs
  return { windowMs, busyMs, functions: figures.map(figure => ({ ...figure, value: figure.value / (busyMs || 1) })) }
}

/** The bytes that each function has allocated and that are alive, counted as in the sentence of a dump. */
export function heapFigures({ head }: HeapProfile): Figure[] {
  const found: { frame: CallFrame; bytes: number }[] = []
  const visits: { node: HeapNode; above: CallFrame | undefined }[] = [{ node: head, above: undefined }]
  for (const { node, above } of visits) {
    const mine = above && isRuntime(node.callFrame) ? above : node.callFrame
    if (node.selfSize > 0) found.push({ frame: mine, bytes: node.selfSize })
    const next = isRuntime(mine) ? undefined : mine
    for (const child of node.children) visits.push({ node: child, above: next })
  }
  const isOurs = ownFrames(visits.map(({ node }) => node.callFrame.url))
  return found.filter(({ frame }) => !isOurs(frame)).map(({ frame, bytes }) => figureOf(frame, bytes))
}

/**
 * Visits every node after the one that called it.
 *
 * @param top the value for the outermost nodes in place of the result of `visit` for their caller
 */
export function descend<T>({ nodes }: CpuProfile, top: T, visit: (node: CpuNode, above: T) => T): void {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const inner = new Set(nodes.flatMap(({ children = [] }) => children))
  const visits = nodes.filter(({ id }) => !inner.has(id)).map(node => ({ node, above: top }))
  // The list grows while it is read.
  for (const { node, above } of visits) {
    const next = visit(node, above)
    for (const id of node.children ?? []) {
      const child = byId.get(id)
      if (child) visits.push({ node: child, above: next })
    }
  }
}

/** Milliseconds by node. A sample lasts until the next one, as in Chrome DevTools. */
export function ownTimes({ samples, timeDeltas, startTime, endTime }: CpuProfile): Map<number, number> {
  const own = new Map<number, number>()
  let at = startTime
  for (const [index, id] of samples.entries()) {
    at += timeDeltas[index] ?? 0
    const until = index + 1 < samples.length ? (timeDeltas[index + 1] ?? 0) : endTime - at
    own.set(id, (own.get(id) ?? 0) + Math.max(0, until) / 1000)
  }
  return own
}

/** V8's own code and Node's. */
export const isRuntime = ({ url }: CallFrame) => url === '' || url.startsWith('node:') || url.startsWith('native ')

/** Neither that nor of a package. */
export const isAppCode = (frame: CallFrame) => !isRuntime(frame) && !/[\\/]node_modules[\\/]/.test(frame.url)

export const nameOf = ({ functionName }: Pick<CallFrame, 'functionName'>): string => functionName || '(anonymous)'

/** `src/orders.js:41`; empty where there is no file. */
export function placeOf({ url, lineNumber }: CallFrame): string {
  if (url === '') return ''
  return lineNumber < 0 ? shortFile(url) : `${shortFile(url)}:${lineNumber + 1}`
}

function figureOf(frame: CallFrame, value: number): Figure {
  const { functionName, url, lineNumber, columnNumber } = frame
  const name = nameOf(frame)
  return {
    name,
    place: placeOf(frame),
    value,
    exact: `${name}\0${url}\0${lineNumber}\0${columnNumber}`,
    // Those without a name are too many in a file to tell which is which once they have moved.
    loose: functionName ? `${name}\0${url}` : `${name}\0${url}\0${lineNumber}`,
  }
}

/** The path within its package, else its last three parts. */
export function shortFile(url: string): string {
  const path = url.replace(/^file:\/\//, '')
  const inPackage = path.split(/[\\/]node_modules[\\/]/)
  if (inPackage.length > 1) return inPackage.at(-1) as string
  return path.split(/[\\/]/).filter(Boolean).slice(-3).join('/')
}
