import { hostname } from 'node:os'
import { createSourceMaps, type WithSourceMaps } from '../analysis/source-maps.js'
import { summarise } from '../analysis/summary.js'
import { type CaptureContext, type CaptureKind, CaptureRefused, type Evidence } from '../captures/capture.js'
import { captures } from '../captures/index.js'
import { saySwitchedOff } from '../captures/switches.js'
import { AutodumpError } from '../errors.js'
import { type Turns, turnsOfCapture } from '../fleet/turns.js'
import type { Sample } from '../metrics/sample.js'
import type { ResolvedOptions } from '../options.js'
import type { AppLink } from '../profilers/app-link.js'
import type { ArtifactEntry, CapturingDump, Manifest, TriggerInfo } from '../store/manifest.js'
import type { DumpWriter, Store } from '../store/store.js'
import { createCountdown } from './countdown.js'

/** How long the app thread may take to answer beyond the capture's own duration: a native call can hold it up. */
const replyGrace = 60_000

/** How long a profile waits for captures that stop the app thread, so that it does not show them, in milliseconds. */
const patience = 3000

/** How long other captures may still take when the process is about to die, in milliseconds. */
const urgentGrace = 1000

export interface DumpRequest {
  trigger: TriggerInfo
  kinds: CaptureKind[]
  /** Milliseconds; what the options say where it is left out. */
  duration?: number
  /** Milliseconds for which the app thread has been blocked. */
  blockedFor: number
  /** The process may die soon: waits for nothing. */
  urgent?: boolean
  /** See `CaptureContext.workers`. */
  workers?: CaptureContext['workers']
}

export interface DumperParts {
  store: Store
  options: ResolvedOptions
  limits: Record<string, unknown>
  openLink(): Promise<AppLink>
  /** The engine runs in the app thread, which must not stand still for long. */
  inAppThread: boolean
  /** Keeps the app thread where it is until what is returned is called. */
  hold(link: AppLink): () => void
  /** See `CaptureContext.knownWorkers`. */
  knownWorkers: CaptureContext['knownWorkers']
  /** What would hurt together is taken by one process of the host at a time. */
  turns: Turns
  /** See `CaptureContext.recording`. */
  recording?: CaptureContext['recording']
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

export function createDumper(parts: DumperParts): Dumper {
  const { store, options } = parts
  let active: {
    dump: CapturingDump
    endsAt: number
    run: ReturnType<typeof createRun>
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
      const run = createRun(parts, withSourceMaps, dump, request, request.duration ?? usual)
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

/** One dump from admission to publication. */
function createRun(
  parts: DumperParts,
  withSourceMaps: WithSourceMaps,
  dump: CapturingDump,
  request: DumpRequest,
  duration: number,
) {
  const { store, options, onError } = parts
  const countdown = createCountdown()
  let link: Promise<AppLink> | undefined
  let attached: AppLink | undefined
  const ownLinks: AppLink[] = []
  const stopping: Promise<unknown>[] = []
  const kinds = new Set(request.kinds.filter(kind => options.captures[kind]))
  const off = new Set(request.kinds.filter(kind => !options.captures[kind]))
  const taking: Promise<{ kind: CaptureKind; evidence: Evidence[]; entries: ArtifactEntry[] }>[] = []
  let writer: DumpWriter | undefined
  let gathered = false
  let urgent = false
  let runOut: (error: Error) => void = () => {}
  const outOfTime = new Promise<never>((_, reject) => {
    runOut = reject
  })
  outOfTime.catch(() => {}) // Nobody waits for it when nothing is being taken.

  const context: Omit<CaptureContext, 'pending' | 'turn' | 'spread'> = {
    link: () => {
      link ??= parts.openLink().then(fresh => {
        attached = fresh
        return fresh
      })
      return link
    },
    async openLink() {
      const own = await parts.openLink()
      ownLinks.push(own)
      return own
    },
    workers: request.workers,
    knownWorkers: parts.knownWorkers,
    duration,
    trigger: request.trigger,
    options,
    blockedFor: request.blockedFor,
    wait: countdown.wait,
    // A blocked thread is measured at once: it may not live much longer.
    calm: async () => {
      if (request.blockedFor > 0 || stopping.length === 0) return
      await Promise.race([Promise.allSettled(stopping), countdown.wait(patience)])
    },
    recording: parts.recording,
  }

  /** Takes another kind of evidence too, unless it is too late for that. */
  function also(kind: CaptureKind): void {
    if (kinds.has(kind) || gathered) return
    if (!options.captures[kind]) {
      off.add(kind)
      return
    }
    kinds.add(kind)
    if (writer) taking.push(take(kind, writer))
  }

  function hurry(why?: string): boolean {
    if (gathered) return false
    urgent = true
    also('heap-profile')
    if (why) dump.trigger = { ...dump.trigger, reason: `${dump.trigger.reason}; ${why}` }
    countdown.hurry()
    setTimeout(() => runOut(new Error('left out, because the process might not live much longer')), urgentGrace).unref()
    return true
  }
  if (request.urgent) hurry()

  async function take(kind: CaptureKind, writer: DumpWriter) {
    let waitsFor: string | null = null
    const pending = (what: string | null) => {
      dump.pending = dump.pending.filter(other => other !== waitsFor)
      waitsFor = what
      if (what) dump.pending.push(what)
    }
    const atOnce = request.blockedFor > 0 || urgent
    const manual = request.trigger.rule === 'manual'
    const { turn, spread, giveBack } = turnsOfCapture(parts.turns, {
      kind,
      manual,
      atOnce,
      wait: countdown.wait,
      pending,
    })
    let taken: Promise<Evidence[]> | undefined
    try {
      taken = captures[kind].take({ ...context, pending, turn, spread })
      if (captures[kind].stopsApp) stopping.push(taken)
      const inTime = withDeadline(taken, duration + (captures[kind].grace ?? replyGrace), () => waitsFor)
      // What it is all about may take its time: the app thread makes no step meanwhile.
      const evidence = await (kind === 'heap-profile' ? inTime : Promise.race([inTime, outOfTime]))
      const entries: ArtifactEntry[] = []
      for (const piece of evidence) entries.push(await writer.add(kind, piece))
      return { kind, evidence, entries }
    } catch (error) {
      if (error instanceof CaptureRefused) also(error.instead)
      else onError(`capture ${kind}`, error)
      return { kind, evidence: [] as Evidence[], entries: [failedEntry(kind, error)] }
    } finally {
      pending(null)
      // One that was given up may still hold the app up.
      taken?.then(giveBack, giveBack)
    }
  }

  const opened = store.begin(dump.id)
  // `run` reports it.
  opened.catch(() => store.returnQuota(Date.parse(dump.createdAt)))

  async function run(): Promise<Manifest> {
    const open = await opened.catch(error => {
      onError('make room for a dump', error)
      throw error
    })
    writer = open
    let release = () => {}
    try {
      for (const kind of kinds) taking.push(take(kind, open))
      const taken = []
      // The list grows while it is awaited.
      for (const one of taking) taken.push(await one)
      gathered = true
      if (urgent && attached) release = parts.hold(attached)
      else attached?.close()
      const artifacts = taken.flatMap(({ entries }) => entries)
      const samples = parts.samples(Date.parse(dump.createdAt))
      const evidence = new Map(taken.map(({ kind, evidence }) => [kind, evidence.map(({ value }) => value)]))
      const summary = await withSourceMaps(
        originalOf =>
          summarise({
            trigger: dump.trigger,
            samples,
            at: Date.parse(dump.createdAt),
            evidence,
            blockedFor: request.blockedFor,
            pausedMs: artifacts.reduce((sum, { pauseMs = 0 }) => sum + pauseMs, 0),
            failures: artifacts.filter(({ state }) => state === 'failed'),
            originalOf,
          }),
        { quick: urgent || parts.inAppThread },
      )
      const left = [...off]
      if (left.length > 0)
        summary.findings.push({ kind: 'switched-off', text: saySwitchedOff(left), data: { kinds: left } })
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
        summary,
      }
      await open.publish(manifest)
      return manifest
    } catch (error) {
      onError('dump', error)
      await open.abandon().catch(inner => onError('remove an unfinished dump', inner))
      throw error
    } finally {
      release()
      attached?.close()
    }
  }

  return {
    opened,
    hurry,
    result: run(),
    cutShort: countdown.cutShort,
    appBlocked: () => countdown.endAfter(options.cpuProfile.blockedDuration),
    detach() {
      attached?.close()
      for (const own of ownLinks) own.close()
    },
  }
}

function overall(artifacts: ArtifactEntry[], cutShort: boolean): Manifest['state'] {
  // Nothing was asked for but kinds that are off: the samples are the dump.
  if (artifacts.length > 0 && !artifacts.some(({ state }) => state === 'complete')) return 'failed'
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
