import { looksLikeSpin, utilizationIn } from '../analysis/spin.js'
import { monotonic } from '../lib/clock/monotonic.js'
import { AutodumpError } from '../lib/errors.js'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { CapturingDump, Manifest } from '../model/manifest.js'
import type { DumpWriter } from '../model/store.js'
import { createCountdown } from './countdown.js'
import { createDeadline } from './deadline.js'
import { createDumpCaptures, kindsOf } from './dump-captures.js'
import { describeDump, type Taken } from './dump-manifest.js'
import type { DumpParts, DumpRequest } from './dump-parts.js'
import { reportOn } from './dump-report.js'
import { createFirstManifest } from './first-manifest.js'
import { createLinkPool } from './link-pool.js'
import { askForScripts } from './profilers/loaded-scripts.js'
import { createProgress } from './progress.js'
import { createRejection } from './rejection.js'
import { createStuckWatch } from './stuck-watch.js'

/** Milliseconds that other captures may still take when the process is about to die. */
const urgentGrace = 1000

/** Milliseconds. A function that keeps the event loop turning comes back thousands of times meanwhile. */
const countFor = 500

/** One dump from admission to publication. `begun.kinds` are the wanted kinds. */
export function startDump(parts: DumpParts, begun: CapturingDump, request: DumpRequest, duration: number) {
  const { store, options, onError } = parts
  const { id, createdAt } = begun
  const begunAt = monotonic()
  const countdown = createCountdown()
  const links = createLinkPool(parts.openLink)
  const wanted = kindsOf(request.kinds, options.captures)
  const progress = createProgress({ ...begun, kinds: wanted.kinds }, parts.onProgress)
  const watch = createStuckWatch(monotonic)
  let writer: DumpWriter | undefined
  let removed: Promise<void> | undefined
  let publishing = false
  let urgent = false
  const outOfTime = createRejection()
  const cancellation = createRejection()
  const cancelling = new AbortController()
  const cancelled = cancelling.signal

  const { stuck } = parts
  const context = {
    link: links.shared,
    openLink: links.own,
    ...(stuck && { stuck: { ...stuck, open: async (patience: number) => links.adopt(await stuck.open(patience)) } }),
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

  const captures = createDumpCaptures({
    ...wanted,
    switches: options.captures,
    context,
    progress,
    cancelled,
    expectedMs: kind => parts.expectedLength([kind], duration),
    hostLock: parts.hostLock,
    wait: countdown.wait,
    isCutShort: countdown.isCutShort,
    isUrgent: () => urgent,
    whileStuck: watch.whileStuck,
    // The most important evidence when memory runs out may take its time: the app thread makes no step meanwhile.
    givenUp: kind => Promise.race([cancellation.promise, ...(kind === 'heap-profile' ? [] : [outOfTime.promise])]),
    onKept(kind, piece) {
      firstManifest(kind, piece)
      const isTold = kind !== 'cpu-profile' || piece.phase !== 'during' || request.trigger.rule === 'manual'
      if (isTold || urgent || !options.captures['async-wait']) return
      const spins = looksLikeSpin(
        piece.value as CpuProfile,
        utilizationIn(parts.samples(begunAt), Date.parse(createdAt)),
      )
      if (spins) captures.also('async-wait', countFor)
    },
    onTaken: parts.onTaken,
    onError,
  })

  /** For how long the app thread has been blocked, if it has not come back since the trigger. */
  const stillBlockedFor = () => {
    const ms = request.blockedFor > 0 && stuck ? stuck.stuckFor() : 0
    return ms > monotonic() - begunAt ? Math.round(ms) : 0
  }

  const describe = (taken: Taken[], isFirst: boolean) =>
    describeDump({
      dump: progress.dump(),
      taken,
      off: captures.off(),
      without: parts.without,
      samples: parts.samples(begunAt),
      blockedFor: request.blockedFor,
      stillBlockedFor: isFirst ? stillBlockedFor() : 0,
      atTrigger: request.atTrigger ?? [],
      isCutShort: countdown.isCutShort(),
      labels: options.labels,
      limits: parts.limits,
      uploadTo: parts.uploadTo,
      withSourceMaps: analyse =>
        parts.withSourceMaps(analyse, {
          quick: isFirst || urgent || parts.inAppThread,
          askForScripts: urls => askForScripts(parts.openLink, urls),
        }),
    })

  const firstManifest = createFirstManifest({
    soFar: captures.soFar,
    describe: taken => describe(taken, true),
    write: async manifest => writer?.sketch(manifest),
    tell: firstSummary => progress.update({ firstSummary }),
    isOver: () => captures.isOver() || cancelled.aborted,
    onError,
  })

  function hurry(why?: string): boolean {
    if (captures.isOver() || cancelled.aborted) return false
    urgent = true
    captures.also('heap-profile')
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
    const idle = captures.ended().then(() =>
      links
        .attached()
        ?.call('profiler.now')
        .catch(() => {}),
    )
    const deadline = createDeadline(captures.graceOfAbandoned(), () => 'reply of the app thread')
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
      const taken = await captures.run(open)
      cancelled.throwIfAborted()
      const attached = links.attached()
      if (urgent && attached) release = parts.hold(attached)
      else attached?.close()
      const manifest = await describe(taken, false)
      cancelled.throwIfAborted()
      publishing = true
      await open.publish(manifest, await reportOn(manifest, options.explain, { urgent }))
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
    result: run().finally(watch.stop),
    cutShort: countdown.cutShort,
    appBlocked() {
      if (request.trigger.rule !== 'manual' && captures.has('cpu-profile') && options.captures.frames)
        captures.also('frames')
      countdown.endAfter(options.cpuProfile.blockedDuration)
    },
    detach: links.close,
  }
}
