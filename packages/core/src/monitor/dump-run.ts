import type { WithSourceMaps } from '../analysis/source-maps.js'
import { monotonic } from '../lib/clock/monotonic.js'
import { AutodumpError } from '../lib/errors.js'
import type { AppLink } from '../link/app-link.js'
import { type CaptureKind, evidenceKind, type Without } from '../model/capture-kind.js'
import type { ArtifactEntry, CapturingDump, Finding, Manifest, TriggerInfo } from '../model/manifest.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Sample } from '../model/sample.js'
import type { DumpWriter, Store } from '../model/store.js'
import type { CaptureContext } from './captures/capture.js'
import { createCountdown } from './countdown.js'
import { createDeadline } from './deadline.js'
import { describeDump, type Taken } from './dump-manifest.js'
import { reportOn } from './dump-report.js'
import type { Turns } from './host-lock.js'
import { createLinkPool } from './link-pool.js'
import { askForScripts } from './profilers/loaded-scripts.js'
import { createProgress } from './progress.js'
import { createRejection } from './rejection.js'
import { replyGrace, takeKind } from './run-capture.js'
import type { StuckApp } from './stuck-app.js'
import { createStuckCall, type StuckCall } from './stuck-call.js'

/** Milliseconds that other captures may still take when the process is about to die. */
const urgentGrace = 1000

/** Milliseconds between two checks whether the app thread is in a system call that does not return. */
const lookEvery = 500

export interface DumpRequest {
  trigger: TriggerInfo
  kinds: CaptureKind[]
  /** Milliseconds. The options give the default. */
  duration?: number
  /** Milliseconds for which the app thread has been blocked. */
  blockedFor: number
  /** The process may die soon: waits for nothing. */
  urgent?: boolean
  /** See `CaptureContext.workers`. */
  workers?: CaptureContext['workers']
  /** See `SummaryInput.atTrigger`. */
  atTrigger?: Finding[]
}

export interface DumpParts {
  store: Store
  options: ResolvedOptions
  /** Kinds that this process cannot capture: the options have them off. */
  without: Without
  limits: Record<string, unknown>
  openLink(): Promise<AppLink>
  /** See `CaptureContext.stuck`. */
  stuck?: StuckApp
  /** The engine runs in the app thread, which must not stand still for long. */
  inAppThread: boolean
  /** Holds the app thread until the returned function is called. */
  hold(link: AppLink): () => void
  /** See `CaptureContext.knownWorkers`. */
  knownWorkers: CaptureContext['knownWorkers']
  /** One process of the host at a time runs the captures that would hurt together. */
  turns: Turns
  /** See `CaptureContext.recording`. */
  recording?: CaptureContext['recording']
  /** See `CaptureContext.recorded`. */
  recorded?: CaptureContext['recorded']
  /** See `CaptureContext.noted`. */
  noted?: CaptureContext['noted']
  /** See `CaptureContext.expectedPause`. */
  expectedPause: CaptureContext['expectedPause']
  /** See `CaptureContext.affordablePause`. */
  affordablePause: CaptureContext['affordablePause']
  /** Milliseconds until captures of these kinds should be over. */
  expectedLength(kinds: CaptureKind[], duration: number): number
  withSourceMaps: WithSourceMaps
  /** The samples from `since` on (monotonic milliseconds), and some before. */
  samples(since: number): Sample[]
  /** Called on each change while the dump is captured. */
  onProgress(dump: CapturingDump): void
  /** Called with the artifacts of each finished capture. */
  onTaken(entries: ArtifactEntry[]): void
  onError(what: string, error: unknown): void
}

/** One dump from admission to publication. `begun.kinds` are the wanted kinds. */
export function startDump(parts: DumpParts, begun: CapturingDump, request: DumpRequest, duration: number) {
  const { store, options, onError } = parts
  const { id, createdAt } = begun
  const begunAt = monotonic()
  const countdown = createCountdown()
  const links = createLinkPool(parts.openLink)
  const kinds = new Set(request.kinds.filter(kind => options.captures[kind]))
  // The snapshot tells who holds the heap as well: the app stands still once.
  if (kinds.has('heap-snapshot')) kinds.delete('holders')
  const off = new Set(request.kinds.filter(kind => !options.captures[kind]))
  const progress = createProgress({ ...begun, kinds: [...kinds] }, parts.onProgress)
  const working: Promise<unknown>[] = []
  const taking: { kind: CaptureKind; taken: Promise<Taken> }[] = []
  let letGoWithin = replyGrace
  let writer: DumpWriter | undefined
  let removed: Promise<void> | undefined
  let gathered = false
  let publishing = false
  let urgent = false
  const outOfTime = createRejection()
  const cancellation = createRejection()
  const cancelling = new AbortController()
  const cancelled = cancelling.signal

  const stuckCall = createStuckCall(monotonic)
  const toldWhileStuck = new Set<(stuck: StuckCall) => void>()
  const looking = setInterval(() => {
    const stuck = stuckCall()
    if (stuck) for (const told of toldWhileStuck) told(stuck)
  }, lookEvery)
  looking.unref()
  function whileStuck(told: (stuck: StuckCall) => void): () => void {
    toldWhileStuck.add(told)
    return () => toldWhileStuck.delete(told)
  }

  const context = {
    link: links.shared,
    openLink: links.own,
    ...(parts.stuck && {
      stuck: {
        ...parts.stuck,
        open: async (patience: number) => links.adopt(await (parts.stuck as StuckApp).open(patience)),
      },
    }),
    workers: request.workers,
    knownWorkers: parts.knownWorkers,
    duration,
    trigger: request.trigger,
    options,
    without: parts.without,
    blockedFor: request.blockedFor,
    wait: countdown.wait,
    recording: parts.recording,
    recorded: parts.recorded,
    noted: parts.noted,
    expectedPause: parts.expectedPause,
    affordablePause: parts.affordablePause,
  }

  /** Captures that stop the app begin one after the other, in the order of the dump, after all others have ended. */
  async function inOrder(kind: CaptureKind): Promise<void> {
    await null // All have begun by then.
    const own = taking.findIndex(one => one.kind === kind)
    // The list grows while it is awaited.
    for (const [index, one] of taking.entries())
      if (one.kind !== kind && (!evidenceKind(one.kind).stopsApp || index < own)) await one.taken
    if (countdown.isCutShort()) throw new Error('left out, because the monitor was stopped before its turn')
  }

  function take(kind: CaptureKind, writer: DumpWriter): void {
    const taken = takeKind(kind, {
      context,
      writer,
      progress,
      cancelled,
      inOrder,
      expectedMs: kind => parts.expectedLength([kind], duration),
      turns: parts.turns,
      wait: countdown.wait,
      isUrgent: () => urgent,
      whileStuck,
      // The most important evidence when memory runs out may take its time: the app thread makes no step meanwhile.
      givenUp: kind => Promise.race([cancellation.promise, ...(kind === 'heap-profile' ? [] : [outOfTime.promise])]),
      onBegun(work) {
        working.push(work.catch(() => {}))
      },
      onLonger(ms) {
        letGoWithin += ms
      },
      onRefused: also,
      onTaken: parts.onTaken,
      onError,
    })
    taking.push({ kind, taken })
  }

  /** Captures another kind of evidence too, unless it is too late. */
  function also(kind: CaptureKind): void {
    if (kinds.has(kind) || gathered || cancelled.aborted) return
    if (!options.captures[kind]) {
      off.add(kind)
      return
    }
    kinds.add(kind)
    progress.update({ kinds: [...kinds] })
    if (writer) take(kind, writer)
  }

  function hurry(why?: string): boolean {
    if (gathered || cancelled.aborted) return false
    urgent = true
    also('heap-profile')
    const { trigger } = progress.dump()
    if (why) progress.update({ trigger: { ...trigger, reason: `${trigger.reason}; ${why}` } })
    countdown.hurry()
    const late = new Error('left out, because the process might not live much longer')
    setTimeout(() => outOfTime.reject(late), urgentGrace).unref()
    return true
  }
  if (request.urgent) hurry()

  const opened = store.begin(id)
  // `run` reports the error.
  opened.catch(() => store.returnQuota(Date.parse(createdAt)))

  /** Removes the written files, once. */
  function remove(): Promise<void> {
    removed ??= (writer?.abandon() ?? Promise.resolve()).catch(error => onError('remove an unfinished dump', error))
    return removed
  }

  /** Resolves when the abandoned captures have ended, and the app thread holds nothing of theirs. */
  async function letGo(): Promise<void> {
    progress.update({ pending: ['the app thread, which is not done with what was cancelled'] })
    const idle = Promise.all(working).then(() =>
      links
        .attached()
        ?.call('profiler.now')
        .catch(() => {}),
    )
    const deadline = createDeadline(letGoWithin, () => 'reply of the app thread')
    await deadline.within(idle).catch(error => onError('let go of a cancelled dump', error))
  }

  async function run(): Promise<Manifest> {
    const open = await opened.catch(error => {
      onError('make room for a dump', error)
      throw error
    })
    writer = open
    let release = () => {}
    try {
      cancelled.throwIfAborted()
      for (const kind of kinds) take(kind, open)
      const taken = []
      // The list grows while it is awaited.
      for (const one of taking) taken.push(await one.taken)
      gathered = true
      cancelled.throwIfAborted()
      const attached = links.attached()
      if (urgent && attached) release = parts.hold(attached)
      else attached?.close()
      const manifest = await describeDump({
        dump: progress.dump(),
        taken,
        off: [...off],
        without: parts.without,
        samples: parts.samples(begunAt),
        blockedFor: request.blockedFor,
        atTrigger: request.atTrigger ?? [],
        isCutShort: countdown.isCutShort(),
        labels: options.labels,
        limits: parts.limits,
        withSourceMaps: analyse =>
          parts.withSourceMaps(analyse, {
            quick: urgent || parts.inAppThread,
            askForScripts: urls => askForScripts(parts.openLink, urls),
          }),
      })
      cancelled.throwIfAborted()
      publishing = true
      await open.publish(manifest, await reportOn(manifest, options.explain, urgent))
      return manifest
    } catch (error) {
      if (!cancelled.aborted) onError('dump', error)
      await remove()
      if (cancelled.aborted) await letGo()
      throw error
    } finally {
      release()
      links.attached()?.close()
    }
  }

  /**
   * Whether it is not too late to cancel. The written files are removed at once; `result` rejects when the app thread
   * is released.
   */
  function cancel(): boolean {
    if (publishing) return false
    if (cancelled.aborted) return true
    const reason = new AutodumpError('CANCELLED', `the dump ${id} was cancelled`)
    cancelling.abort(reason)
    cancellation.reject(reason)
    // Profiles end in the usual way: they must not continue in the app thread.
    countdown.cutShort()
    if (writer) void remove()
    return true
  }

  return {
    dump: progress.dump,
    opened,
    hurry,
    cancel,
    isCancelled: () => cancelled.aborted,
    result: run().finally(() => clearInterval(looking)),
    cutShort: countdown.cutShort,
    appBlocked() {
      if (request.trigger.rule !== 'manual' && kinds.has('cpu-profile') && options.captures.frames) also('frames')
      countdown.endAfter(options.cpuProfile.blockedDuration)
    },
    detach: links.close,
  }
}
