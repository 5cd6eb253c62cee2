import { messageOf } from '../../lib/errors.js'
import type { BucketStatus } from '../../model/status.js'
import { ObjectStoreError } from '../../object-store/object-store.js'
import { waitAfter } from '../outbox/retry.js'
import { createOutage } from './outage.js'

/** The name of a failure of the store. */
export const uploading = 'upload to the bucket'

/** Milliseconds until the next try after an error that somebody must fix. */
const blockedWait = 15 * 60_000

/** Milliseconds between two looks for dumps of processes that have died. */
const lookEvery = 60_000

export interface QueueParts {
  place: string
  /** Ids of the dumps that are not in the bucket, newest first. */
  waiting(): Promise<string[]>
  /** There is no such dump on disk, e.g. as somebody cancelled it: only its remains in the bucket are to be tidied. */
  isLeftover?(id: string): boolean
  /** `busy`: another process uploads it. */
  upload(id: string, signal: AbortSignal): Promise<'uploaded' | 'gone' | 'busy'>
  /** Called when there is nothing to do for a while. */
  onRest(): void
  onStatus(status: BucketStatus): void
  onError(what: string, error: unknown): void
  /** Called when everything that had failed is uploaded. */
  onRecovered(): void
  /** Milliseconds that never go backwards. */
  now(): number
  wallClock(): number
  random?: () => number
  /** Calls back later, and returns a function that cancels the call. */
  after(ms: number, work: () => void): () => void
}

/**
 * Uploads waiting dumps, one at a time and newest first, without a time limit. The disk is the queue: this code only
 * knows when to try again.
 */
export function createUploadQueue(parts: QueueParts) {
  const { now, random = Math.random } = parts
  const stopping = new AbortController()
  /** The time of a dump's next try, unless it is due at once. */
  const notBefore = new Map<string, number>()
  /** The same for dumps that are at fault themselves, e.g. because a file cannot be read. */
  const spoiled = new Map<string, number>()
  let pausedUntil = 0
  let attempts = 0
  let blockedInTurn = 0
  let failing: 'waiting' | 'blocked' | null = null
  let running: Promise<void> | undefined
  let again = false
  let cancelTimer = () => {}
  const outage = createOutage(error => parts.onError(uploading, error))
  const status: BucketStatus = {
    ...{ place: parts.place, state: 'idle', pending: 0, uploaded: 0, failed: 0, lastSuccess: null, lastError: null },
  }

  function tell(pending = status.pending): void {
    status.pending = pending
    status.state = pending === 0 ? 'idle' : (failing ?? (pending <= spoiled.size ? 'blocked' : 'uploading'))
    parts.onStatus({ ...status })
  }

  const time = () => new Date(parts.wallClock()).toISOString()

  async function attempt(id: string): Promise<void> {
    try {
      const outcome = await parts.upload(id, stopping.signal)
      if (outcome === 'busy') return void notBefore.set(id, now() + lookEvery)
      notBefore.delete(id)
      if (outcome === 'gone') return
      status.uploaded += 1
      status.lastSuccess = time()
      failing = null
      well(id)
      attempts = blockedInTurn = 0
      // The store most likely refused the others for the same reason.
      notBefore.clear()
    } catch (error) {
      if (stopping.signal.aborted) return
      fail(id, error)
    }
  }

  function well(id: string): void {
    if (outage.isOverBy(id)) parts.onRecovered()
  }

  function fail(id: string, error: unknown): void {
    const message = messageOf(error)
    status.failed += 1
    status.lastError = { at: time(), message }
    if (error instanceof ObjectStoreError) outage.note(id, error)
    else parts.onError('upload a dump', new Error(message))
    if (error instanceof ObjectStoreError && error.kind !== 'blocked') {
      failing = 'waiting'
      attempts += 1
      pausedUntil = now() + waitAfter(attempts, error.retryAfter, random)
      return
    }
    if (!(error instanceof ObjectStoreError)) return void spoiled.set(id, now() + blockedWait)
    failing = 'blocked'
    notBefore.set(id, now() + blockedWait)
    blockedInTurn += 1
    // The cause is not this one dump.
    if (blockedInTurn >= 2) pausedUntil = now() + blockedWait
  }

  async function pass(): Promise<void> {
    while (!stopping.signal.aborted) {
      again = false
      const waiting = await parts.waiting()
      for (const times of [notBefore, spoiled])
        for (const id of times.keys()) if (!waiting.includes(id)) times.delete(id)
      outage.keep(waiting)
      if (waiting.length === 0) failing = null
      tell(waiting.filter(id => !parts.isLeftover?.(id)).length)
      const next = waiting.find(id => Math.max(notBefore.get(id) ?? 0, spoiled.get(id) ?? 0) <= now())
      if (next !== undefined && pausedUntil <= now()) await attempt(next)
      else if (!again) return rest(next === undefined ? [...notBefore.values(), ...spoiled.values()] : [pausedUntil])
    }
  }

  function rest(times: Iterable<number>): void {
    parts.onRest()
    tell()
    if (stopping.signal.aborted) return
    cancelTimer()
    const soonest = Math.min(now() + lookEvery, ...times)
    cancelTimer = parts.after(Math.max(10, soonest - now()), wake)
  }

  function run(): Promise<void> {
    running ??= pass()
      .catch(error => {
        parts.onError(uploading, error)
        rest([])
      })
      .finally(() => {
        running = undefined
        if (again) wake()
      })
    return running
  }

  function wake(): void {
    if (stopping.signal.aborted) return
    again = true
    void run()
  }

  function retry(): void {
    pausedUntil = 0
    notBefore.clear()
    spoiled.clear()
    wake()
  }

  return {
    /** Checks for new dumps. */
    wake,
    /** Somebody may have mended the fault: tries everything at once that waits. */
    retry,
    /** The process may end soon: the same, and where the store is down again after a second and two. */
    hurry(): void {
      attempts = 0
      retry()
    },
    /** The first manifest of a dump could not be uploaded: the dump makes up for it later. */
    earlyFailed(id: string, error: ObjectStoreError): void {
      status.lastError = { at: time(), message: messageOf(error) }
      outage.note(id, error)
      tell()
    },
    /** The first manifest of a dump is in the bucket. */
    earlySent: well,
    /** The last attempt failed. */
    isFailing: () => failing !== null,
    /** Tries the remaining dumps within this many milliseconds, until one attempt fails; then stops. */
    async stop(budget: number): Promise<void> {
      const cancel = parts.after(budget, () => stopping.abort(new Error('the monitor is being stopped')))
      const failed = status.failed
      pausedUntil = 0
      notBefore.clear()
      if (budget > 0) again = true
      await running
      if (budget > 0 && !stopping.signal.aborted && status.failed === failed) await run()
      cancel()
      cancelTimer()
      stopping.abort(new Error('the monitor is being stopped'))
      await running
      cancelTimer()
    },
  }
}
