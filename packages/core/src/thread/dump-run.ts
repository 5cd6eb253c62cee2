import type { WithSourceMaps } from '../analysis/source-maps.js'
import { type CaptureContext, type CaptureKind, CaptureRefused, type Evidence } from '../captures/capture.js'
import { captures } from '../captures/index.js'
import { messageOf } from '../errors.js'
import { type Turns, turnsOfCapture } from '../fleet/turns.js'
import type { Sample } from '../metrics/sample.js'
import type { ResolvedOptions } from '../options.js'
import type { AppLink } from '../profilers/app-link.js'
import type { ArtifactEntry, CapturingDump, Manifest, TriggerInfo } from '../store/manifest.js'
import type { DumpWriter, Store } from '../store/store.js'
import { createCountdown } from './countdown.js'
import { createDeadline } from './deadline.js'
import { describeDump, type Taken } from './dump-manifest.js'

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

export interface DumpParts {
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
  withSourceMaps: WithSourceMaps
  /** The samples from `since` on (epoch milliseconds), and some before. */
  samples(since: number): Sample[]
  onError(what: string, error: unknown): void
}

/** One dump from admission to publication. */
export function startDump(parts: DumpParts, dump: CapturingDump, request: DumpRequest, duration: number) {
  const { store, options, onError } = parts
  const countdown = createCountdown()
  let link: Promise<AppLink> | undefined
  let attached: AppLink | undefined
  const ownLinks: AppLink[] = []
  const stopping: Promise<unknown>[] = []
  const kinds = new Set(request.kinds.filter(kind => options.captures[kind]))
  const off = new Set(request.kinds.filter(kind => !options.captures[kind]))
  const taking: Promise<Taken>[] = []
  let writer: DumpWriter | undefined
  let gathered = false
  let urgent = false
  let runOut: (error: Error) => void = () => {}
  const outOfTime = new Promise<never>((_, reject) => {
    runOut = reject
  })
  outOfTime.catch(() => {}) // Nobody waits for it when nothing is being taken.

  const context: Omit<CaptureContext, 'pending' | 'turn' | 'spread' | 'mayTake'> = {
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

  async function take(kind: CaptureKind, writer: DumpWriter): Promise<Taken> {
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
    const deadline = createDeadline(duration + replyGrace, () => waitsFor)
    let taken: Promise<Evidence[]> | undefined
    try {
      taken = captures[kind].take({ ...context, pending, turn, spread, mayTake: deadline.putOff })
      if (captures[kind].stopsApp) stopping.push(taken)
      const inTime = deadline.within(taken)
      // What it is all about may take its time: the app thread makes no step meanwhile.
      const evidence = await (kind === 'heap-profile' ? inTime : Promise.race([inTime, outOfTime]))
      const entries: ArtifactEntry[] = []
      for (const piece of evidence) entries.push(await writer.add(kind, piece))
      return { kind, evidence, entries }
    } catch (error) {
      if (error instanceof CaptureRefused) also(error.instead)
      else onError(`capture ${kind}`, error)
      return { kind, evidence: [], entries: [failedEntry(kind, error)] }
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
      const manifest = await describeDump({
        dump,
        taken,
        off: [...off],
        samples: parts.samples(Date.parse(dump.createdAt)),
        blockedFor: request.blockedFor,
        isCutShort: countdown.isCutShort(),
        labels: options.labels,
        limits: parts.limits,
        withSourceMaps: analyse => parts.withSourceMaps(analyse, { quick: urgent || parts.inAppThread }),
      })
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

function failedEntry(kind: CaptureKind, error: unknown): ArtifactEntry {
  return {
    file: '',
    kind,
    phase: 'during',
    bytes: 0,
    sha256: '',
    storedBytes: 0,
    state: 'failed',
    error: messageOf(error),
  }
}
