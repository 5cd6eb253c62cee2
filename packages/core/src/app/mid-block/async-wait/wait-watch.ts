import { createHook, executionAsyncId, executionAsyncResource } from 'node:async_hooks'
import { performance } from 'node:perf_hooks'
import { withOurStacks } from '../../../lib/our-stacks.js'
import type { WaitOptions } from '../../../link/replies.js'
import type { WaitReply } from '../../../model/async-wait.js'
import { type AdaptiveSampler, createAdaptiveSampler, createRandom, thin } from './adaptive-sampler.js'
import { watchClientRequests } from './client-requests.js'
import { choose, type Entry, toWait } from './entries.js'
import { createPeers } from './peers.js'
import { type Treatment, treatmentOf } from './types.js'
import { groupWaits } from './wait-groups.js'

export interface WaitWatch {
  /** Ends the watch and returns its findings. */
  collect(): WaitReply
  /** Ends the watch in any state. */
  stop(): void
}

/** Frames of a stack that are kept, the innermost. A timer in a promise has ten of Node's before the first of the app. */
const maxFrames = 32

/** Types that are kept apart; an `AsyncResource` may have any name. */
const maxTypes = 64

/** Of those that may be remembered the share of promises, most of which need not be, and of any other type. */
const promiseShare = 1

const typeShare = 0.2

/** A request as its channel shows it. The resource of that name is but its parser. */
const clientRequest = 'http.ClientRequest'

/** Stacks in the reply. */
const maxGroups = 1000

// Kept from the start: applications replace them.
const { captureStackTrace } = Error

const { setTimeout, clearTimeout } = globalThis

/**
 * Follows every asynchronous resource that is made from now on until its callback runs, and every awaited promise
 * until it is settled, with the stack that made it. V8's async frames make that stack the await chain.
 *
 * It runs inside the application's calls. So it runs none of the application's code, catches its own errors (Node ends the
 * process otherwise), holds a bounded number of waits, takes a bounded time, and ends by itself. It uses `async_hooks`
 * without `v8.promiseHooks`: with both, Node 20 dies of a stack overflow at a `new Promise` that it survives with either.
 */
export function watchWaits({ durationMs, deadlineMs, maxWaits, maxStacks, budgetMs }: WaitOptions): WaitWatch {
  const began = performance.now()
  const before = countActive()
  const entries = new Map<number, Entry>()
  const samplers = new Map<string, { sampler: AdaptiveSampler; treatment: Treatment }>()
  const random = createRandom(Math.floor(began * 1000))
  const windows = Math.max(1, durationMs / 100)
  const peers = createPeers()
  let stoppedEarly: WaitReply['stoppedEarly'] = null
  let seen = 0
  let spentMs = 0
  let nextRequest = -1

  function kind(type: string) {
    let known = samplers.get(type)
    if (!known) {
      if (samplers.size >= maxTypes) return undefined
      const share = type === 'PROMISE' ? promiseShare : typeShare
      const perWindow = Math.max(1, Math.floor((share * maxWaits) / windows))
      known = {
        sampler: createAdaptiveSampler(perWindow, random),
        treatment: type === clientRequest ? 'once' : treatmentOf(type),
      }
      samplers.set(type, known)
    }
    return known
  }

  function take(id: number, type: string, above: unknown, more: { timer?: NodeJS.Timeout; target?(): string }): void {
    if (stoppedEarly) return
    const known = kind(type)
    if (!known || known.treatment === 'ignore') return
    seen++
    const now = performance.now()
    if (now - began > deadlineMs) return stop()
    const weight = known.sampler.next(now)
    if (weight === 0) return
    const holder = {}
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = maxFrames
    captureStackTrace(holder, above as never)
    Error.stackTraceLimit = stackTraceLimit
    const counts = known.treatment === 'once'
    const detail = more.target?.() ?? ''
    entries.set(id, { type, holder, weight, began: now, ended: 0, detail, timer: more.timer, counts })
    spentMs += performance.now() - now
    if (entries.size >= maxWaits) stoppedEarly = 'waits'
    else if (spentMs >= budgetMs) stoppedEarly = 'time'
  }

  function init(id: number, type: string, trigger: number, resource: object): void {
    try {
      if (type === 'Timeout') return take(id, type, init, { timer: resource as NodeJS.Timeout })
      if (type !== 'PROMISE') return take(id, type, init, {})
      // At an `await` or a `then` the trigger is the awaited promise; else it is the running resource.
      const awaited = entries.get(trigger)
      if (awaited?.type === 'PROMISE') {
        if (!awaited.counts) awaited.began = performance.now()
        awaited.counts = true
      } else if (trigger === executionAsyncId()) take(id, type, init, {})
    } catch {
      stop()
    }
  }

  function ends(id: number): void {
    try {
      const entry = entries.get(id)
      if (!entry || entry.ended > 0) return
      entry.ended = performance.now()
      if (entry.type !== 'PROMISE') entry.counts = true
      else if (entry.counts) entry.detail = peers.of(executionAsyncResource())
      // Nothing waited for it until now, so nothing has to wait later.
      else entries.delete(id)
    } catch {
      stop()
    }
  }

  const hook = createHook({ init, before: ends, promiseResolve: ends })
  const requests = watchClientRequests({
    started(target, above) {
      try {
        take(nextRequest, clientRequest, above, { target })
      } catch {
        stop()
      }
      return nextRequest--
    },
    ended: ends,
  })
  const timer = setTimeout(stop, deadlineMs)
  timer.unref()
  hook.enable()

  function stop(): void {
    hook.disable()
    requests.stop()
    clearTimeout(timer)
    entries.clear()
  }

  return {
    stop,
    collect() {
      const now = performance.now()
      hook.disable()
      requests.stop()
      try {
        const sampled = entries.size
        const { shown, cancelled, housekeeping } = choose(entries.values(), now)
        const kept = thin(shown, maxStacks, random)
        const waits = withOurStacks(() => kept.flatMap(toWait))
        const groups = groupWaits(waits)
        const rest = groups.splice(maxGroups)
        const pauseMs = performance.now() - now
        return {
          groups,
          watchedMs: now - began,
          seen,
          sampled,
          stoppedEarly,
          leftOut: {
            cancelled,
            housekeeping,
            stacks: rest.length,
            stacksMs: rest.reduce((sum, { ms }) => sum + ms, 0),
          },
          before,
          spentMs: spentMs + pauseMs,
          pauseMs,
        }
      } finally {
        stop()
      }
    },
  }
}

function countActive(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const type of process.getActiveResourcesInfo()) counts[type] = (counts[type] ?? 0) + 1
  return counts
}
