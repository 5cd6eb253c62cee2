import { createSourceMaps } from '../analysis/source-maps.js'
import { monotonic } from '../lib/clock/monotonic.js'
import { AutodumpError } from '../lib/errors.js'
import type { CapturingDump, Manifest } from '../model/manifest.js'
import type { DumpParts, DumpRequest } from './dump-parts.js'
import { startDump } from './dump-run.js'

export interface Dumper {
  /**
   * The one gate for every dump, by any trigger: it reserves the dump before anything is awaited.
   * Throws `BUSY` or `LIMITED`; `opened` rejects with `NO_ROOM` if the disk has no room for it.
   */
  begin(request: DumpRequest): { id: string; opened: Promise<unknown>; done: Promise<Manifest> }
  current(): CapturingDump | null
  /**
   * Cancels the dump with that id, if it is the one in progress. `finished`: it was too late; the dump is on disk, or
   * has failed. Resolves when another dump may begin, or after two seconds if the app thread is still busy with it by
   * then.
   */
  cancel(id: string): Promise<'cancelled' | 'finished' | 'unknown'>
  /** Monotonic milliseconds at which the last capture ended; 0 when there was none. */
  endedAt(): number
  /** Ends waits early when the app thread has been blocked for so long that it may soon die. */
  appBlocked(): void
  /**
   * The process may die soon, so the dump in progress adds a heap profile, ends all waits and is published; `why`
   * becomes part of its reason. Returns whether a dump in progress still can.
   */
  hurry(why: string): boolean
  /** Cuts the capture in progress short and resolves when it is on disk. */
  finish(): Promise<void>
  /** Releases the app thread at once: the process is exiting. */
  detach(): void
}

/** Milliseconds that `cancel` waits for the app thread. */
const cancelPatience = 2000

export interface DumperParts extends Omit<DumpParts, 'withSourceMaps' | 'onProgress'> {
  /** Called when a capture begins, makes progress and ends. */
  onCapture(dump: CapturingDump | null): void
}

export function createDumper(parts: DumperParts): Dumper {
  const { store, options } = parts
  let active: {
    id: string
    /** Monotonic milliseconds. */
    endsAt: number
    run: ReturnType<typeof startDump>
    done: Promise<unknown>
  } | null = null
  let lastEnd = 0
  const withSourceMaps = createSourceMaps()

  return {
    begin(request) {
      const now = Date.now()
      const begunAt = monotonic()
      if (active) {
        const retryAfter = Math.max(1000, active.endsAt - begunAt)
        const what = active.run.isCancelled()
          ? 'was cancelled, and the app thread is not done with it'
          : 'is being captured'
        throw new AutodumpError('BUSY', `the dump ${active.id} ${what}`, { retryAfter })
      }
      const retryAfter = store.takeQuota(now)
      if (retryAfter > 0) {
        const { maxPerHour } = options.limits
        throw new AutodumpError('LIMITED', `${maxPerHour} dumps were made within the last hour`, { retryAfter })
      }
      const { trigger, kinds } = request
      const usual = request.blockedFor > 0 ? options.cpuProfile.blockedDuration : options.cpuProfile.duration
      const duration = request.duration ?? usual
      const length = request.urgent ? 0 : parts.expectedLength(kinds, duration)
      const id = store.newId(now, trigger.metric, trigger.rule)
      const dump: CapturingDump = {
        id,
        state: 'capturing',
        createdAt: new Date(now).toISOString(),
        trigger,
        pending: [],
        kinds,
        taking: [],
        endsAt: new Date(now + length).toISOString(),
        done: [],
      }
      const run = startDump({ ...parts, withSourceMaps, onProgress: parts.onCapture }, dump, request, duration)
      const done = run.result.finally(() => {
        active = null
        lastEnd = monotonic()
        parts.onCapture(null)
      })
      done.catch(() => {}) // The caller of `begin` sees the rejection through `done` too; possibly nobody listens.
      active = { id, endsAt: begunAt + length, run, done }
      parts.onCapture(run.dump())
      return { id, opened: run.opened, done }
    },
    current: () => active?.run.dump() ?? null,
    async cancel(id) {
      if (active?.id !== id) return 'unknown'
      const { run, done } = active
      const ended = done.catch(() => {})
      if (!run.cancel()) {
        await ended
        return 'finished'
      }
      await Promise.race([ended, pause(cancelPatience)])
      return 'cancelled'
    },
    endedAt: () => lastEnd,
    appBlocked: () => active?.run.appBlocked(),
    hurry: why => active?.run.hurry(why) ?? false,
    async finish() {
      active?.run.cutShort()
      await active?.done.catch(() => {})
    },
    detach: () => active?.run.detach(),
  }
}

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms).unref())
