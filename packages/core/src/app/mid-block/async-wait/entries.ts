import type { RawFrame } from '../../../lib/our-stacks.js'
import { isPromiseConstructor, type Wait } from './wait-groups.js'

/** A resource or a promise that the watch remembers. */
export interface Entry {
  type: string
  holder: { stack?: unknown }
  weight: number
  began: number
  /** 0 while it waits. */
  ended: number
  detail: string
  /** Of a timer; of others it would keep buffers from being collected. */
  timer: NodeJS.Timeout | undefined
  /** See `Treatment`. */
  counts: boolean
}

// Kept from the start: applications replace them.
const { setTimeout, clearTimeout } = globalThis

const nothing = setTimeout(() => {}, 0)

const { hasRef } = nothing

clearTimeout(nothing)

interface Measured {
  entry: Entry
  ms: number
  weight: number
}

/** Those that are waits, with their times. */
export function choose(entries: Iterable<Entry>, now: number) {
  const shown: Measured[] = []
  let cancelled = 0
  let housekeeping = 0
  for (const entry of entries) {
    const { began, ended, timer, weight, counts } = entry
    if (!counts) continue
    const { _destroyed, _repeat } = (timer ?? {}) as { _destroyed?: boolean; _repeat?: unknown }
    if (timer && (_repeat || !hasRef.call(timer))) housekeeping += weight
    else if (timer && ended === 0 && _destroyed) cancelled += weight
    else shown.push({ entry, ms: (ended || now) - began, weight })
  }
  return { shown, cancelled, housekeeping }
}

/** To be called with our way to spell out stacks. None where it is no wait after all. */
export function toWait({ entry: { type, detail, holder, ended }, ms, weight }: Measured): Wait[] {
  const frames = framesOf(holder)
  // The promises of async functions and those of Node's native code have no `new Promise` on top.
  if (type === 'PROMISE' ? !isPromiseConstructor(frames[0]) : frames.length === 0) return []
  return [{ type, detail, frames, ms, weight, pending: ended === 0 }]
}

const machinery = new Set(['node:internal/async_hooks', 'node:internal/promise_hooks'])

/** Without the frames through which Node calls hooks; an array if it was spelled out by us. */
function framesOf({ stack }: Entry['holder']): RawFrame[] {
  if (!Array.isArray(stack)) return []
  const frames = stack as RawFrame[]
  const first = frames.findIndex(frame => !machinery.has(frame[1]))
  return first < 0 ? [] : frames.slice(first)
}
