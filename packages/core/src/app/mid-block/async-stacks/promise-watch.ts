import { performance } from 'node:perf_hooks'
// By default: Deno has no hooks for promises, and a name that is not there would keep the app from starting.
import v8 from 'node:v8'
import type { RawFrame } from '../../../lib/our-stacks.js'
import { withOurStacks } from '../../../lib/our-stacks.js'
import type { RawGroup, WatchOptions, WatchReply } from '../../../link/promise-watch.js'

export interface PromiseWatch {
  /** Ends the watch and returns its findings. */
  collect(): WatchReply
  /** Ends the watch in any state. */
  stop(): void
}

interface Pending {
  holder: { stack?: unknown }
  parent: Promise<unknown> | undefined
}

/** Frames of a stack that are kept, the innermost. */
const maxFrames = 20

const combinators = new Set(['all', 'allSettled', 'any', 'race'])

/** The requests to an async generator, which settles the promise of each. */
const requests = new Set(['next', 'return', 'throw'])

// Kept from the start: applications replace them.
const { captureStackTrace } = Error

const { setTimeout, clearTimeout } = globalThis

/**
 * Remembers every promise that is made from now on and is still pending, with the stack that made it. V8 makes a
 * promise of its own at every `await` of a pending one, so each function that is suspended since has one, whose stack
 * is its await chain.
 *
 * It runs inside the application's calls. So it runs none of the application's code, catches its own errors, holds a
 * bounded number of promises and takes a bounded time. Without a call of `collect` it ends by a timer, or by the clock if
 * promises keep timers from running.
 */
export function watchPromises({ deadlineMs, maxPromises, budgetMs }: WatchOptions): PromiseWatch {
  const pending = new Map<Promise<unknown>, Pending>()
  const began = performance.now()
  let fullAt: number | undefined
  let stoppedEarly: WatchReply['stoppedEarly'] = null
  let seen = 0
  let spentMs = 0

  function init(promise: Promise<unknown>, parent: Promise<unknown> | undefined): void {
    try {
      const entered = performance.now()
      if (entered - began > deadlineMs) return stop()
      seen++
      const holder = {}
      const { stackTraceLimit } = Error
      Error.stackTraceLimit = maxFrames
      captureStackTrace(holder, init)
      Error.stackTraceLimit = stackTraceLimit
      pending.set(promise, { holder, parent })
      spentMs += performance.now() - entered
      if (pending.size >= maxPromises) full('promises')
      else if (spentMs >= budgetMs) full('time')
    } catch {
      stop()
    }
  }

  const stopInit = v8.promiseHooks.onInit(init as never)
  const stopSettled = v8.promiseHooks.onSettled(promise => void pending.delete(promise))
  const timer = setTimeout(stop, deadlineMs)
  timer.unref()

  function full(why: WatchReply['stoppedEarly']): void {
    stoppedEarly = why
    fullAt = performance.now()
    stopInit()
  }

  function stop(): void {
    clearTimeout(timer)
    stopInit()
    stopSettled()
    pending.clear()
  }

  return {
    stop,
    collect() {
      const entered = performance.now()
      stopInit()
      stopSettled()
      try {
        const groups = withOurStacks(() => groupAwaits(pending))
        const pauseMs = performance.now() - entered
        const watchedMs = (fullAt ?? entered) - began
        return { groups, seen, pending: pending.size, stoppedEarly, watchedMs, spentMs: spentMs + pauseMs, pauseMs }
      } finally {
        stop()
      }
    },
  }
}

function groupAwaits(pending: Map<Promise<unknown>, Pending>): RawGroup[] {
  const groups = new Map<string, RawGroup>()
  for (const { holder, parent } of pending.values()) {
    if (!parent) continue
    const frames = framesOf(holder)
    // A promise with a parent that a builtin made is that of a `then`: only part of the way to the awaited promise.
    if (frames.length === 0 || isBuiltin(frames[0])) continue
    const awaited = awaitedBy(parent, pending)
    const key = JSON.stringify([frames, awaited])
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { count: 1, frames, ...awaited })
  }
  return [...groups.values()]
}

/** From the awaited promise through those that `then` made to the one that all of it waits for. */
function awaitedBy(
  promise: Promise<unknown>,
  pending: Map<Promise<unknown>, Pending>,
): Pick<RawGroup, 'on' | 'madeAt'> {
  let known = pending.get(promise)
  for (let depth = 0; known?.parent && depth < 100; depth++) known = pending.get(known.parent)
  if (!known) return { on: 'unknown', madeAt: [] }
  const madeAt = framesOf(known.holder)
  if (madeAt.length > 0 && !isBuiltin(madeAt[0])) return { on: 'async', madeAt: [] }
  const isRequest = madeAt[0] !== undefined && requests.has(madeAt[0][0])
  const isCombined = isRequest || madeAt.some(frame => isBuiltin(frame) && combinators.has(frame[0]))
  return isCombined ? { on: 'combined', madeAt: [] } : { on: 'made', madeAt: madeAt.filter(one => !isBuiltin(one)) }
}

/** An array once our own code has formatted the stack; a string if it was formatted before. */
function framesOf(holder: Pending['holder']): RawFrame[] {
  return Array.isArray(holder.stack) ? (holder.stack as RawFrame[]) : []
}

function isBuiltin(frame: RawFrame | undefined): boolean {
  return frame !== undefined && frame[1] === '' && frame[4] === 'sync'
}
