import { monotonic } from '../../lib/clock/monotonic.js'
import { within } from '../../lib/patience.js'
import type { Sample } from '../../model/sample.js'
import type { ResolvedSink } from '../../model/sink-options.js'
import type { SinkStatus } from '../../model/status.js'
import type { Store } from '../../model/store.js'
import type { Outcome } from '../outbox/delivery.js'
import { waitAfter } from '../outbox/retry.js'
import { type CallResult, createCalls } from './calls.js'
import { openDump } from './dump-handle.js'
import { createLane } from './lane.js'
import type { LossGuard } from './loss-guard.js'
import type { Sink, SinkWindow } from './sink.js'

/** The number of windows and samples that wait for a slow sink. */
const capacity = { window: 4, sample: 60 }

/** Milliseconds after which a lasting failure is reported again. */
const tellAgainAfter = 3600_000

/** Milliseconds: a call that blocks the thread for longer delays samples. */
const tooLong = 100

/** Milliseconds for `close`. */
const closePatience = 1000

export interface QueuedDump {
  dump: string
  /** The dump is not published yet. */
  held?: true
}

export interface HostParts {
  configured: ResolvedSink
  /** The position of the sink among all sinks. */
  index: number
  load(): Promise<Sink>
  store: Pick<Store, 'manifest' | 'artifact'>
  guard: LossGuard
  onChange(): void
  onError(what: string, error: Error): void
  stopping: AbortSignal
}

/** One sink, and the protection of all else from it. */
export interface SinkHost {
  /** Whether it wants dumps; true while that is unknown. */
  wantsDumps(): boolean
  deliver(item: QueuedDump): Promise<Outcome>
  window(window: SinkWindow): void
  sample(sample: Sample): void
  /** Records a failure outside of a call. */
  blame(why: string): void
  dropped(): void
  status(): Omit<SinkStatus, 'pending'>
  /** Closes the sink when no delivery runs any more. */
  close(): Promise<void>
}

export function createSinkHost(parts: HostParts): SinkHost {
  const { configured, index, store, guard, stopping } = parts
  const { module } = configured
  const told = new Map<string, number>()
  const counts = { delivered: 0, failed: 0, dropped: 0, heldUp: 0 }
  let sink: Sink | undefined
  let hasFailed = false
  let lastSuccess: string | null = null
  let lastError: SinkStatus['lastError'] = null
  let loading: Promise<void> = Promise.resolve()
  let retry: NodeJS.Timeout | undefined
  const isSuspended = guard.isSuspended(index)
  const calls = createCalls({
    index,
    timeout: configured.timeout,
    guard,
    stopping,
    onHeldUp(ms) {
      counts.heldUp = Math.max(counts.heldUp, Math.round(ms))
      if (ms > tooLong) tell('held up', `it kept the monitor thread for ${Math.round(ms)} ms at once`)
    },
  })

  /** Each kind of failure is reported once, however often it returns. */
  function tell(kind: string, why: string): void {
    const now = monotonic()
    const before = told.get(kind)
    if (before !== undefined && now - before < tellAgainAfter) return
    told.set(kind, now)
    parts.onError(`the sink ${module}`, new Error(why))
  }

  function fail(kind: string, why: string): void {
    counts.failed += 1
    lastError = { at: new Date().toISOString(), message: why }
    tell(kind, `${kind}: ${why}`)
    parts.onChange()
  }

  function note<Value>(kind: string, result: CallResult<Value>): Outcome {
    if (result.is === 'failed') {
      if (!stopping.aborted) fail(kind, result.why)
      return { is: 'delayed', why: result.why, retryAfter: result.retryAfter }
    }
    counts.delivered += 1
    lastSuccess = new Date().toISOString()
    parts.onChange()
    return { is: 'delivered' }
  }

  async function load(attempts: number): Promise<void> {
    const late = { close: false }
    const result = await calls.run(async () => {
      const loaded = await parts.load()
      if (late.close) await loaded.close?.()
      return loaded
    })
    if (result.is === 'done') {
      sink = result.value
      parts.onChange()
      return
    }
    late.close = true
    if (stopping.aborted) return
    hasFailed = true
    fail('load', result.why)
    retry = setTimeout(
      () => {
        loading = load(attempts + 1)
      },
      waitAfter(attempts, result.retryAfter),
    ).unref()
  }

  const laneOf = <Item>(what: 'window' | 'sample') =>
    createLane<Item>({
      capacity: capacity[what],
      async deliver(item) {
        const result = await calls.run(signal => sink?.[what]?.(item as never, signal))
        if (note(what, result).is !== 'delivered') counts.dropped += 1
      },
      onDropped() {
        counts.dropped += 1
        parts.onChange()
      },
    })
  const windows = laneOf<SinkWindow>('window')
  const samples = laneOf<Sample>('sample')

  if (isSuspended) {
    const why = 'the monitor thread was lost in it: it is not loaded again while this process lives'
    lastError = { at: new Date().toISOString(), message: why }
    tell('suspended', why)
  } else loading = load(1)

  function state(): SinkStatus['state'] {
    if (isSuspended) return 'suspended'
    if (calls.isHanging()) return 'hanging'
    return sink ? 'ready' : hasFailed ? 'failed' : 'loading'
  }

  return {
    wantsDumps: () => sink === undefined || typeof sink.dump === 'function',
    async deliver({ dump: id, held }) {
      await loading
      if (!sink) return { is: 'delayed', why: lastError?.message ?? 'it is not loaded' }
      const { dump } = sink
      if (typeof dump !== 'function') return { is: 'refused', why: 'it wants no dumps' }
      const manifest = await store.manifest(id)
      if (!manifest) {
        // An abandoned capture never became a dump.
        if (held) return { is: 'refused', why: 'it was not published' }
        counts.dropped += 1
        tell('gone', `the dump ${id} was removed before it was delivered`)
        parts.onChange()
        return { is: 'refused', why: 'the dump is gone' }
      }
      const opened = openDump(store, manifest)
      const result = await calls.run(signal => dump.call(sink, opened.dump, signal))
      opened.close()
      return note('dump', result)
    },
    window: window => typeof sink?.window === 'function' && windows.push(window),
    sample: sample => typeof sink?.sample === 'function' && samples.push(sample),
    blame: why => fail('uncaught', why),
    dropped() {
      counts.dropped += 1
      tell('dropped', 'dumps were given up: they were queued for too long, or too many')
    },
    status: () => ({ module, state: state(), ...counts, lastSuccess, lastError }),
    async close() {
      clearTimeout(retry)
      windows.stop()
      samples.stop()
      try {
        await within(closePatience, Promise.resolve(sink?.close?.()))
      } catch (error) {
        parts.onError(`close the sink ${module}`, error as Error)
      }
    },
  }
}
