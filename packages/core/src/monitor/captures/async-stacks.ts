import { toCollapsed } from '../../formats/heap-snapshot/collapsed.js'
import { readAsyncStacks } from '../../formats/heap-snapshot/read.js'
import { memoryLeft } from '../../lib/memory-left.js'
import { size } from '../../lib/units.js'
import type { AppLink } from '../../link/app-link.js'
import { fromJson } from '../../link/json.js'
import type { WatchOptions } from '../../link/promise-watch.js'
import type { AsyncStacksEvidence } from '../../model/async-stacks.js'
import type { Evidence } from '../../model/evidence.js'
import type { ResolvedOptions } from '../../model/options.js'
import { longestPause } from '../memory/preflight.js'
import { sayUnaffordable } from './affordable-pause.js'
import type { Capture, CaptureContext } from './capture.js'
import { fromPromises } from './from-promises.js'
import { snapshotPause } from './pauses.js'
import { awaitReply } from './pending.js'
import { streamSnapshot } from './snapshot-stream.js'

/** Memory that a snapshot may take for each byte of heap, until it is read. Why: `decisions/075`. */
const memoryPerHeapByte = 16

/**
 * Milliseconds that a full garbage collection takes at most in a small heap; in other heaps no more than the step after
 * it.
 */
const shortCollection = 500

/** Milliseconds of the longest watch of promises, and its most of the app thread's time. */
const longestWatch = 2000

const watchBudget = 200

const maxPromises = 5000

/** Milliseconds after which the app thread ends the watch by itself, beyond its time. */
const watchGrace = 5000

/** Every suspended async function, grouped by its await chain, with the thing that the innermost one waits on. */
export const asyncStacksCapture: Capture = createAsyncStacksCapture()

/** @param freeMemory bytes that the process may still take */
export function createAsyncStacksCapture(freeMemory: () => number = () => memoryLeft()): Capture {
  return {
    kind: 'async-stacks',
    pause: snapshotPause,
    engine: () => 'heap-snapshot',
    cheaper({ heapBytes, memoryLeft: left, options }) {
      const why = whyNoSnapshot(heapBytes ?? 0, left, { trigger: { rule: 'manual' }, options })
      return why === null ? null : { ms: 5, words: `promises are watched: ${why}` }
    },
    // From Node 22 on V8 puts snapshots off while the loop is blocked.
    caveat: ({ blockedFor }) => (blockedFor > 0 ? '; it may wait until the event loop is free' : ''),
    async take(context) {
      const link = await context.link()
      const usage = link.call('memory.usage')
      const { heapUsed: heapBytes } = await awaitReply(context, 'heap usage reply', usage)
      const { 'heap-snapshot': impossible = null } = context.without ?? {}
      const refuse = () => impossible ?? whyNoSnapshot(heapBytes, freeMemory(), context)
      // Asked again after waiting, because the process before may leave less memory than there was. Requests that hang have
      // shown it by then.
      const refusal = refuse() ?? (await context.turn?.()) ?? refuse() ?? whyTooLong(context)
      // While the loop is blocked, V8 may put it off for ever (from Node 22 on): then the time counts from its beginning.
      const mayTake = () => context.mayTake?.(longestPause(heapBytes))
      const isBlocked = context.blockedFor > 0
      if (!refusal && !isBlocked) mayTake()
      const begun = () => {
        try {
          mayTake()
        } catch {
          // The dump was cancelled, and V8 cannot be stopped.
        }
      }
      const found = refusal
        ? await watch(context, link, refusal)
        : await snapshot(context, link, isBlocked ? begun : undefined)
      const { takenAt, source, note, ...rest } = found
      return asEvidence({ takenAt, source, note, heapBytes, ...rest })
    },
  }
}

/** Why a snapshot must not be taken, `null` where it may: it stops the app and takes many times its heap in memory. */
function whyNoSnapshot(
  heapBytes: number,
  freeBytes: number,
  { trigger, options }: { trigger: { rule: string }; options: Pick<ResolvedOptions, 'asyncStacks'> },
): string | null {
  const { maxHeapBytes } = options.asyncStacks
  // A user who asks by hand has decided that the pause is worth it; running out of memory never is.
  if (trigger.rule !== 'manual' && heapBytes > maxHeapBytes)
    return `the heap of ${size(heapBytes)} is over asyncStacks.maxHeapBytes, ${size(maxHeapBytes)}`
  const needed = heapBytes * memoryPerHeapByte
  return needed > freeBytes
    ? `a snapshot of a heap of ${size(heapBytes)} may take ${size(needed)} and ${size(freeBytes)} are left`
    : null
}

/** Why a rule must not stop the app for as long as a snapshot takes, `null` where it may. */
function whyTooLong({ trigger, expectedPause, affordablePause }: CaptureContext): string | null {
  if (trigger.rule === 'manual') return null
  const pause = expectedPause('async-stacks')
  const affordable = affordablePause()
  return pause === null || pause <= affordable.ms
    ? null
    : `a snapshot is too dear: ${sayUnaffordable(pause, affordable)}`
}

type Found = Omit<AsyncStacksEvidence, 'heapBytes'>

async function snapshot(context: CaptureContext, link: AppLink, onBegun?: () => void): Promise<Found> {
  await awaitReply(context, 'heap snapshot', link.call('asyncStacks.prepare'))
  const { chunks, taken } = streamSnapshot(link, onBegun)
  const measured = taken.then(async ownMs => ({
    takenAt: new Date().toISOString(),
    pauseMs: ownPause(await link.call('asyncStacks.pause'), ownMs),
  }))
  // From Node 22 on V8 puts it off while the loop is blocked.
  const what = context.blockedFor > 0 ? 'heap snapshot, which may wait until the event loop is free' : 'heap snapshot'
  const [stacks, { takenAt, pauseMs }] = await Promise.all([
    readAsyncStacks(chunks),
    awaitReply(context, what, measured),
  ])
  const { total, groups, truncated, ...figures } = stacks
  return { takenAt, source: 'heap-snapshot', note: null, total, groups, truncated, pauseMs, snapshot: figures }
}

/**
 * The app thread's loop stood still for `stillMs`, and V8 went through the heap for the last `ownMs` of that. The time
 * before is V8's initial collection, if it was short enough for that; otherwise the app itself caused it.
 */
function ownPause(stillMs: number, ownMs: number): number {
  return stillMs - ownMs > shortCollection + ownMs ? ownMs : stillMs
}

async function watch(context: CaptureContext, link: AppLink, refusal: string): Promise<Found> {
  const ms = Math.min(context.duration, longestWatch)
  const options: WatchOptions = { deadlineMs: ms + watchGrace, maxPromises, budgetMs: watchBudget }
  await awaitReply(context, 'promise watch', link.call('asyncStacks.watch', options))
  await context.wait(ms)
  const json = await awaitReply(context, 'promise watch', link.call('asyncStacks.collect'))
  const reply = fromJson(json)
  const { watchedMs, seen, pending, spentMs, pauseMs } = reply
  return {
    takenAt: new Date().toISOString(),
    source: 'promise-hooks',
    note: `Only what began to wait within ${Math.round(watchedMs)} ms and still waits, because ${refusal}. Lines are where a function waits or calls.`,
    ...fromPromises(reply),
    pauseMs,
    watch: { ms: Math.round(watchedMs), promises: seen, pending, spentMs: Math.round(spentMs) },
  }
}

function asEvidence(value: AsyncStacksEvidence): Evidence[] {
  const { source: engine, pauseMs } = value
  const rounded = { ...value, pauseMs: Math.round(pauseMs * 10) / 10 }
  const more = { phase: 'during', engine } as const
  return [
    { file: 'async-stacks.json', content: JSON.stringify(rounded, null, 2), value: rounded, pauseMs, ...more },
    { file: 'async-stacks.collapsed.txt', content: toCollapsed(value), ...more },
  ]
}
