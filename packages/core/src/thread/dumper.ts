import { hostname } from 'node:os'
import { summarise } from '../analysis/summary.js'
import type { CaptureContext, CaptureKind, Evidence } from '../captures/capture.js'
import { captures } from '../captures/index.js'
import { AutodumpError } from '../errors.js'
import type { Sample } from '../metrics/sample.js'
import type { ResolvedOptions } from '../options.js'
import type { AppLink } from '../profilers/app-link.js'
import type { ArtifactEntry, CapturingDump, Manifest, TriggerInfo } from '../store/manifest.js'
import type { DumpWriter, Store } from '../store/store.js'
import { createCountdown } from './countdown.js'

/** How long the app thread may take to answer beyond the capture's own duration: a native call can hold it up. */
const replyGrace = 60_000

export interface DumpRequest {
  trigger: TriggerInfo
  kinds: CaptureKind[]
  /** Milliseconds; what the options say where it is left out. */
  duration?: number
  /** Milliseconds for which the app thread has been blocked. */
  blockedFor: number
}

export interface DumperParts {
  store: Store
  options: ResolvedOptions
  limits: Record<string, unknown>
  openLink(): Promise<AppLink>
  /** The samples from `since` on (epoch milliseconds), and some before. */
  samples(since: number): Sample[]
  onError(what: string, error: unknown): void
}

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
  /** Cuts the capture in progress short and resolves when it is on disk. */
  finish(): Promise<void>
  /** Lets go of the app thread at once: the process is exiting. */
  detach(): void
}

export function createDumper(parts: DumperParts): Dumper {
  const { store, options } = parts
  let active: {
    dump: CapturingDump
    endsAt: number
    run: ReturnType<typeof createRun>
    done: Promise<unknown>
  } | null = null
  let lastEnd = 0

  return {
    begin(request) {
      const now = Date.now()
      if (active) {
        const retryAfter = Math.max(1000, active.endsAt - now)
        throw new AutodumpError('BUSY', `the dump ${active.dump.id} is being captured`, { retryAfter })
      }
      const retryAfter = store.waitForQuota(now)
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
      const run = createRun(parts, dump, request, request.duration ?? usual)
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
    async finish() {
      active?.run.cutShort()
      await active?.done.catch(() => {})
    },
    detach: () => active?.run.detach(),
  }
}

/** One dump from admission to publication. */
function createRun(parts: DumperParts, dump: CapturingDump, request: DumpRequest, duration: number) {
  const { store, options, onError } = parts
  const countdown = createCountdown()
  let link: Promise<AppLink> | undefined
  let attached: AppLink | undefined

  const context: Omit<CaptureContext, 'pending'> = {
    link: () => {
      link ??= parts.openLink().then(fresh => {
        attached = fresh
        return fresh
      })
      return link
    },
    duration,
    trigger: request.trigger,
    options,
    blockedFor: request.blockedFor,
    wait: countdown.wait,
  }

  async function take(kind: CaptureKind, writer: DumpWriter) {
    let waitsFor: string | null = null
    const pending = (what: string | null) => {
      dump.pending = dump.pending.filter(other => other !== waitsFor)
      waitsFor = what
      if (what) dump.pending.push(what)
    }
    try {
      const taken = captures[kind].take({ ...context, pending })
      const evidence = await withDeadline(taken, duration + replyGrace, () => waitsFor)
      const entries: ArtifactEntry[] = []
      for (const piece of evidence) entries.push(await writer.add(kind, piece))
      return { kind, evidence, entries }
    } catch (error) {
      onError(`capture ${kind}`, error)
      return { kind, evidence: [] as Evidence[], entries: [failedEntry(kind, error)] }
    } finally {
      pending(null)
    }
  }

  const opened = store.begin(dump.id).then(writer => {
    store.useQuota(Date.parse(dump.createdAt))
    return writer
  })
  opened.catch(() => {}) // `run` reports it.

  async function run(): Promise<Manifest> {
    const writer = await opened.catch(error => {
      onError('make room for a dump', error)
      throw error
    })
    try {
      const taken = await Promise.all(request.kinds.map(kind => take(kind, writer)))
      attached?.close()
      const artifacts = taken.flatMap(({ entries }) => entries)
      const samples = parts.samples(Date.parse(dump.createdAt))
      const manifest: Manifest = {
        id: dump.id,
        createdAt: dump.createdAt,
        state: overall(artifacts, countdown.isCutShort()),
        trigger: dump.trigger,
        process: {
          pid: process.pid,
          host: hostname(),
          node: process.version,
          v8: process.versions.v8,
          uptime: Math.round(process.uptime()),
          labels: options.labels,
          limits: parts.limits,
        },
        samples,
        artifacts,
        summary: summarise({
          trigger: dump.trigger,
          samples,
          at: Date.parse(dump.createdAt),
          evidence: new Map(taken.map(({ kind, evidence }) => [kind, evidence.map(({ value }) => value)])),
          blockedFor: request.blockedFor,
          failures: artifacts.filter(({ state }) => state === 'failed'),
        }),
      }
      await writer.publish(manifest)
      return manifest
    } catch (error) {
      onError('dump', error)
      await writer.abandon().catch(inner => onError('remove an unfinished dump', inner))
      throw error
    } finally {
      attached?.close()
    }
  }

  return {
    opened,
    result: run(),
    cutShort: countdown.cutShort,
    appBlocked: () => countdown.endAfter(options.cpuProfile.blockedDuration),
    detach: () => attached?.close(),
  }
}

function overall(artifacts: ArtifactEntry[], cutShort: boolean): Manifest['state'] {
  if (!artifacts.some(({ state }) => state === 'complete')) return 'failed'
  return cutShort || artifacts.some(({ state }) => state === 'failed') ? 'partial' : 'complete'
}

function failedEntry(kind: CaptureKind, error: unknown): ArtifactEntry {
  const message = error instanceof Error ? error.message : String(error)
  return { file: '', kind, phase: 'during', bytes: 0, sha256: '', storedBytes: 0, state: 'failed', error: message }
}

async function withDeadline<T>(work: Promise<T>, ms: number, waitsFor: () => string | null): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const what = waitsFor()
      reject(new Error(what ? `no ${what} within ${ms} ms` : `not done within ${ms} ms`))
    }, ms)
    timer.unref()
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
