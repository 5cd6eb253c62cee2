import type { RawFrame } from '../../../lib/our-stacks.js'
import type { WaitGroup } from '../../../model/async-wait.js'

/** One wait that was seen, or as many as it stands for. */
export interface Wait {
  /** The type of the resource as `async_hooks` names it; `PROMISE` for one that the app or a package made. */
  type: string
  /** The host of a request, or the peer of the socket that settled the promise; empty if not known. */
  detail: string
  /** Innermost first. */
  frames: RawFrame[]
  /** Milliseconds. */
  ms: number
  weight: number
  /** It had not ended when the watch did. */
  pending: boolean
}

/** So many frames further out distinguish a promise from others. */
const compared = 6

/**
 * Adds up waits that are alike, the most time first.
 *
 * `new Promise(resolve => setTimeout(resolve, 100))` is one wait and two resources. The timer's stack then contains the
 * promise's: such promises are left out. So are all but the longest of the promises that Node makes for one call of the
 * app, such as `fetch`. A promise that has not been settled yet is counted with those of the same stack that were, since
 * it will be settled in the same way.
 */
export function groupWaits(waits: Wait[]): WaitGroup[] {
  const wrapped = new Set<string>()
  const settlers = new Map<string, string>()
  for (const { type, detail, frames, pending } of waits) {
    if (type === 'PROMISE') {
      if (!pending && detail) settlers.set(JSON.stringify(frames), detail)
      continue
    }
    for (let at = 0; at < frames.length; at++)
      if (isPromiseConstructor(frames[at])) wrapped.add(JSON.stringify(frames.slice(at, at + compared)))
  }

  const groups = new Map<string, WaitGroup>()
  for (const { type, detail: known, frames, ms, weight, pending } of waits) {
    const isPromise = type === 'PROMISE'
    if (isPromise && wrapped.has(JSON.stringify(frames.slice(0, compared)))) continue
    const detail = known || (isPromise && settlers.get(JSON.stringify(frames))) || ''
    const one = { type, detail, frames, count: weight, ms: ms * weight, pending: pending ? weight : 0 }
    const key = keyOf(one)
    const same = groups.get(key)
    groups.set(key, same ? sum(same, one) : one)
  }

  const shown = new Map<string, WaitGroup>()
  for (const group of groups.values()) {
    const one = { ...group, frames: asCalled(group.frames) }
    // The details of the promises that Node makes for one call may differ.
    const isOfNode = group.type === 'PROMISE' && isNode(group.frames.find(frame => !isPromiseConstructor(frame)))
    const key = isOfNode ? JSON.stringify(['node', one.frames]) : keyOf(one)
    const same = shown.get(key)
    if (!same) shown.set(key, one)
    else if (!isOfNode) shown.set(key, sum(same, one))
    else if (one.ms > same.ms) shown.set(key, one)
  }
  return [...shown.values()].sort((a, b) => b.ms - a.ms)
}

const keyOf = ({ type, detail, frames }: WaitGroup) => JSON.stringify([type, detail, frames])

function sum(a: WaitGroup, b: WaitGroup): WaitGroup {
  return { ...a, count: a.count + b.count, ms: a.ms + b.ms, pending: a.pending + b.pending }
}

/** The event loop, which stands between a function that goes on and those that wait for it. */
const eventLoop = new Set(['node:internal/process/task_queues', 'node:internal/timers', 'node:internal/async_hooks'])

/**
 * The stack as the app sees it, without the event loop: of Node's own functions at its top only the outermost, which the
 * app has called. A stack without a function of the app stays as it is.
 */
function asCalled(frames: RawFrame[]): RawFrame[] {
  const called = frames.filter(frame => !eventLoop.has(frame[1]))
  const outermost = called.findIndex(frame => !isNode(frame) && !isBuiltin(frame))
  return outermost < 0 ? frames : called.slice(Math.max(0, outermost - 1))
}

const isNode = (frame: RawFrame | undefined) => frame?.[1].startsWith('node:') === true

const isBuiltin = (frame: RawFrame) => frame[1] === ''

/** The frame of `new Promise`, or of `Promise.withResolvers`. Node's copies of them have the same names. */
export function isPromiseConstructor(frame: RawFrame | undefined): boolean {
  return frame !== undefined && isBuiltin(frame) && (frame[0] === 'Promise' || frame[0] === 'withResolvers')
}
