import { createSourceMaps } from '../analysis/source-maps.js'
import { AutodumpError } from '../errors.js'
import type { CapturingDump, Manifest } from '../store/manifest.js'
import { type DumpParts, type DumpRequest, startDump } from './dump-run.js'

export interface Dumper {
  /**
   * The one gate that every dump passes, whoever asked for it: reserved before anything is awaited.
   * Throws `BUSY` or `LIMITED`; `opened` rejects with `NO_ROOM` where the disk has no room for it.
   */
  begin(request: DumpRequest): { id: string; opened: Promise<unknown>; done: Promise<Manifest> }
  current(): CapturingDump | null
  /** Epoch milliseconds at which the last capture ended; 0 when there was none. */
  endedAt(): number
  /** Ends waiting early when the app thread has been blocked for so long that it may not live much longer. */
  appBlocked(): void
  /**
   * The process may die soon, so the dump in progress takes a heap profile as well, ends all waiting and is published;
   * `why` becomes part of its reason. Returns whether there is one that still can.
   */
  hurry(why: string): boolean
  /** Cuts the capture in progress short and resolves when it is on disk. */
  finish(): Promise<void>
  /** Lets go of the app thread at once: the process is exiting. */
  detach(): void
}

export function createDumper(parts: Omit<DumpParts, 'withSourceMaps'>): Dumper {
  const { store, options } = parts
  let active: {
    dump: CapturingDump
    endsAt: number
    run: ReturnType<typeof startDump>
    done: Promise<unknown>
  } | null = null
  let lastEnd = 0
  const withSourceMaps = createSourceMaps()

  return {
    begin(request) {
      const now = Date.now()
      if (active) {
        const retryAfter = Math.max(1000, active.endsAt - now)
        throw new AutodumpError('BUSY', `the dump ${active.dump.id} is being captured`, { retryAfter })
      }
      const retryAfter = store.takeQuota(now)
      if (retryAfter > 0) {
        const { maxPerHour } = options.limits
        throw new AutodumpError('LIMITED', `${maxPerHour} dumps were made within the last hour`, { retryAfter })
      }
      const { trigger } = request
      const id = store.newId(now, trigger.metric, trigger.rule)
      const dump: CapturingDump = {
        id,
        state: 'capturing',
        createdAt: new Date(now).toISOString(),
        trigger,
        pending: [],
      }
      const usual = request.blockedFor > 0 ? options.cpuProfile.blockedDuration : options.cpuProfile.duration
      const run = startDump({ ...parts, withSourceMaps }, dump, request, request.duration ?? usual)
      const done = run.result.finally(() => {
        active = null
        lastEnd = Date.now()
      })
      done.catch(() => {}) // Whoever began it sees the rejection through `done` too; nobody may be listening.
      active = { dump, endsAt: now + (request.duration ?? usual), run, done }
      return { id, opened: run.opened, done }
    },
    current: () => active?.dump ?? null,
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
