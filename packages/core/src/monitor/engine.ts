import { setOwnRegions, setProgram } from '../analysis/places.js'
import { findStart } from '../analysis/starting.js'
import { isLoadElsewhere } from '../analysis/worker-threads.js'
import { type EngineStatus, idleStatus, noServices } from '../http/idle-status.js'
import { monotonic } from '../lib/clock/monotonic.js'
import { AutodumpError } from '../lib/errors.js'
import { realpath } from '../lib/fs.js'
import type { Logger } from '../lib/log.js'
import type { AppLink } from '../link/app-link.js'
import { createBlock } from '../link/block.js'
import type { Engine } from '../link/engine-calls.js'
import { createEvents } from '../link/events.js'
import { createFailures } from '../link/failures.js'
import type { EngineData, EngineEvent } from '../link/messages.js'
import type { RecordedWindow } from '../link/recorded-window.js'
import { createRole } from '../link/role.js'
import { createNoted } from '../link/shared-note.js'
import { readStart } from '../link/start.js'
import { type CaptureKind, captureKinds } from '../model/capture-kind.js'
import type { Decision } from '../model/decision.js'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import { builtinMetrics } from '../model/metric.js'
import type { Sample } from '../model/sample.js'
import type { Store } from '../model/store.js'
import { missingMetrics } from '../options/missing-metrics.js'
import { withoutKinds } from '../options/switches.js'
import { firingOf, triggerOf } from '../rules/metric-states.js'
import { createSuspicion } from '../rules/pile-up.js'
import { ruleNames } from '../rules/table.js'
import { openStore } from '../store/store-on-disk.js'
import { createUploadMarks } from '../store/upload-marks.js'
import { pidsOfRuns } from './black-box/adopt.js'
import { createCaptureCosts } from './capture-costs.js'
import { createCaptureShadow } from './capture-shadow.js'
import { affordablePause } from './captures/affordable-pause.js'
import { addFrames } from './captures/frames.js'
import { createOutcomes } from './dump-registry.js'
import type { DumpRequest } from './dump-run.js'
import { createDumper } from './dumper.js'
import { createEngineApi } from './engine-api.js'
import { createEngineCalls } from './engine-calls.js'
import { createFleet } from './fleet.js'
import type { FrameReader } from './frames/frame-reader.js'
import { createTurns } from './host-lock.js'
import { createHeapAlarm } from './memory/heap-alarm.js'
import { startHeapWatch } from './memory/heap-watch.js'
import { holdApp } from './memory/hold.js'
import { holderKinds } from './memory/holder-kinds.js'
import { createMetricRules } from './metric-rules.js'
import { createHoldWatch } from './metrics/debugger-hold.js'
import { createDescriptors } from './metrics/fds.js'
import { fromOutside } from './metrics/from-outside.js'
import { createGroupMemoryReader } from './metrics/group-memory.js'
import { createSampler } from './metrics/sampler.js'
import { monitorThread } from './metrics/stand-still.js'
import { createLiveProfiles } from './profiles/live-profiles.js'
import { createFlightRecorder } from './recorder/flight-recorder.js'
import { describeStatus } from './report-status.js'
import { createSampleRing } from './sample-ring.js'
import { startServices } from './services.js'
import { createStuckApp } from './stuck-app.js'
import { listenForWorkers } from './workers/known-workers.js'
import { findWorkers } from './workers/worker-profiles.js'

export interface EngineHost {
  /** The link to the app thread from the engine's thread. */
  openLink(): Promise<AppLink>
  /** Reads variables of the app thread; absent where the engine runs in that thread. */
  openFrameReader?(patience: number): Promise<FrameReader>
  /** Called before each sample if the engine runs in the app thread: nobody else keeps the figures fresh then. */
  beforeSample?(): void
  /** Called before each sample if the engine has its own thread: the app may have closed descriptors meanwhile. */
  beforeFiles?(): void
  emit(event: EngineEvent): void
}

/**
 * The whole pipeline: sample, judge, capture, store, notify. It runs in the monitor thread, or in the app thread if
 * there can be no monitor thread. Only its host differs.
 */
export async function startEngine(data: EngineData, host: EngineHost): Promise<Engine> {
  const { limits, without } = data
  setOwnRegions(data.ownRegions)
  setProgram(await realpath(data.member.script).catch(() => data.member.script))
  const options = { ...data.options, captures: withoutKinds(data.options.captures, without) }
  const failures = createFailures(failure => {
    host.emit({ event: 'failure', failure })
    events.emit('error', new Error(`${failure.what}: ${failure.message}`))
  })
  const onError = failures.note
  const events = createEvents((event, error) => onError(`a listener of '${event}'`, error))
  const block = createBlock(data.block)
  const role = createRole(block, data.inherited)
  const descriptors = createDescriptors()
  const groupMemory = createGroupMemoryReader()
  const sampler = createSampler({
    block,
    limits,
    customMetrics: options.customMetrics,
    interval: options.interval,
    missing: missingMetrics(),
    readDescriptors: descriptors.read,
    readGroupMemory: groupMemory.read,
    ...(!host.beforeSample && fromOutside()),
  })
  const uploads = options.bucket ? createUploadMarks(options.dir) : null
  const store: Store = await openStore({
    ...options,
    uploads,
    pid: process.pid,
    ...(data.blackBox && { lookedAfter: () => pidsOfRuns(options.dir) }),
    onError,
  })
  const windowListeners: ((window: RecordedWindow) => void)[] = []
  const recorder = createFlightRecorder({
    state: data.recorder,
    window: options.recorder.window,
    onWindow(window) {
      for (const hear of windowListeners) hear(window)
    },
    onError,
  })
  const profiles = createLiveProfiles({
    options,
    state: data.recorder,
    openLink: host.openLink,
    rotate: recorder.until,
    isCapturing: () => dumper.current() !== null,
  })
  windowListeners.push(profiles.hear)
  const tuneListeners: (() => void)[] = []
  const workers = listenForWorkers()
  const ring = createSampleRing(options.interval, [...Object.keys(builtinMetrics), ...options.customMetrics])
  const costs = createCaptureCosts({
    options,
    without,
    block,
    equipment: () => data,
    blockedFor: () => lastStatus?.blockedFor ?? 0,
    store,
    onError,
  })
  const dumper = createDumper({
    store,
    options,
    without,
    limits: { ...limits },
    openLink: host.openLink,
    ...(host.openFrameReader && { stuck: createStuckApp(block, options.interval, host.openFrameReader) }),
    knownWorkers: workers.names,
    inAppThread: host.beforeSample !== undefined,
    turns: createTurns({ dir: options.dir, own: data.member.id, onError }),
    // In the app thread the hold would delay the dump too.
    hold: link => (host.beforeSample ? () => {} : holdApp(block, link)),
    get recording() {
      return data.recorder.engine ? recorder.until : undefined
    },
    get recorded() {
      return data.recorder.engine ? recorder.soFar : undefined
    },
    ...(data.blackBox && { noted: createNoted(data.blackBox.note) }),
    samples: ring.around,
    expectedPause: costs.expectedPause,
    affordablePause: () =>
      affordablePause({
        streams: block.load('streams'),
        longPolls: block.load('longPolls'),
        inFlight: block.load('inFlight'),
        hanging: block.load('hanging'),
        utilization: busyOf(lastStatus?.sample),
      }),
    expectedLength: costs.expectedLength,
    onTaken: costs.note,
    onCapture(dump) {
      host.emit({ event: 'capture', dump })
      events.emit('capture', dump)
    },
    onError,
  })

  const suspicious = createSuspicion()

  /** Findings that this thread can make for itself about a metric that fires. */
  const findAtTrigger: Partial<Record<string, () => Finding[]>> = {
    fds: descriptors.find,
    memory: groupMemory.find,
  }

  // Thresholds may name metrics that are missing here: people write them for more than one place.
  const rules = createMetricRules(data.thresholds, data.options)
  const inShadow = createCaptureShadow(options.interval, monotonic())
  let seenEnd = 0
  let wasStarting = false
  let lastStatus: EngineStatus | undefined
  let reported = noServices

  const outcomes = createOutcomes(store, manifest => {
    host.emit({ event: 'dump', manifest })
    events.emit('dump', manifest)
  })

  function tick(): void {
    host.beforeFiles?.()
    host.beforeSample?.()
    // A sample has the wall-clock time, which may be set at any time. All durations use this monotonic clock.
    const now = monotonic()
    const start = readStart(block, now)
    const isStarting = start !== null && !start.isOverdue
    if (wasStarting && start === null) sampler.cut()
    wasStarting = isStarting
    const sample = sampler.sample()
    if (isStarting) sample.starting = true
    const end = dumper.endedAt()
    const capturing = inShadow(now, { inProgress: dumper.current() !== null, endedAt: end })
    if (end !== seenEnd) {
      seenEnd = end
      rules.captureEnded()
    }
    if (capturing) sample.capturing = true
    ring.push(sample, now)
    if ((sample.blockedFor ?? 0) >= options.cpuProfile.blockedDuration) dumper.appBlocked()

    if (!dumper.current()) contained('hold descriptors in reserve', descriptors.atRest)
    block.store('following', suspicious(sample.values, rules.thresholds(), now) ? 1 : 0)

    const before = rules.decisions()
    const collected = block.take('collected') === 1
    const decisions = rules.judge(sample, {
      now,
      capturing,
      starting: isStarting,
      collected,
      live: sampler.live(),
    })
    const heapLeak = rules.decisionOf('heap')?.rules.leak.state
    block.store('watchingLive', heapLeak === 'quiet' || heapLeak === 'warming-up' ? 1 : 0)
    fire(decisions, sample, now)
    heapAlarm.look(sample.values.heap, sample.blockedFor ?? 0)
    const changed = decisions.filter((decision, index) => decision.fire || isNews(before[index], decision))
    lastStatus = status(sample)
    host.emit({ event: 'tick', status: JSON.stringify(lastStatus), decisions: changed })
    for (const decision of changed) events.emit('decision', decision)
    events.emit('sample', sample)
  }

  /**
   * One dump for all rules that fire at the same sample, or none while the gate is closed: then the rules ask again.
   */
  function fire(decisions: Decision[], sample: Sample, now: number): void {
    const firing = firingOf(decisions)
    const [first, ...others] = firing
    if (!first?.fire) return
    // The children have their own monitors.
    if (role() === 'starts others') return notDumped(firing, 'this process only starts others')
    if ((sample.blockedFor ?? 0) > 0 && watch && holds.isUndecided(now))
      return notDumped(firing, 'whether a debugger holds the app thread is not known yet')
    const wanted = new Set(firing.flatMap(({ metric }) => rules.thresholds()[metric]?.capture ?? []))
    for (const kind of holderKinds(firing, wanted, costs.isCheap)) wanted.add(kind)
    if ((sample.blockedFor ?? 0) > 0) addFrames(wanted, options)
    try {
      start(
        triggerOf([first, ...others], rules.thresholds()),
        captureKinds.filter(kind => wanted.has(kind)),
        sample.blockedFor ?? 0,
        {
          ...(isLoadElsewhere(sample) && { workers: 'registered' as const }),
          atTrigger: firing.flatMap(({ metric }) => seen(metric)),
        },
      )
      for (const { metric, fire } of firing) if (fire) rules.fired(metric, fire, now)
      if (firing.some(({ metric, fire }) => metric === 'heap' && fire === 'watermark')) heapAlarm.watermarkFired(now)
    } catch (error) {
      if (!(error instanceof AutodumpError)) throw error
      notDumped(firing, error.message)
    }
  }

  function seen(metric: string): Finding[] {
    try {
      return findAtTrigger[metric]?.() ?? []
    } catch (error) {
      onError(`look at ${metric}`, error)
      return []
    }
  }

  function notDumped(firing: Decision[], why: string): void {
    for (const { fire, rules } of firing) if (fire) rules[fire].reason += `; not dumped: ${why}`
  }

  function start(
    trigger: TriggerInfo,
    kinds: CaptureKind[],
    blockedFor: number,
    more: Pick<DumpRequest, 'duration' | 'urgent' | 'workers' | 'atTrigger'> = {},
  ) {
    descriptors.dumpBegins()
    const atTrigger = [...findStart(readStart(block, monotonic())), ...(more.atTrigger ?? [])]
    const begun = dumper.begin({ trigger, kinds, blockedFor, ...more, atTrigger })
    outcomes.follow(begun.id, begun.done)
    return begun
  }

  function status(sample: Sample) {
    const decisions = rules.decisions()
    return describeStatus({
      data,
      decisions,
      sample,
      store,
      dumper,
      recorder,
      failures: failures.list(),
      totals: { ...sampler.totals(), errors: failures.total() },
      recent: sampler.recent(),
      ...outcomes.figures(),
    })
  }

  const heapAlarm = createHeapAlarm({
    threshold: () => rules.thresholds().heap,
    decision: () => rules.decisionOf('heap'),
    isCapturing: () => dumper.current() !== null,
    hurry: dumper.hurry,
    dump: (trigger, kinds, blockedFor) => void start(trigger, kinds, blockedFor, { urgent: true }),
    raised: at => rules.fired('heap', 'watermark', at),
    onError,
  })
  const holds = createHoldWatch(block, sampler.held)

  // In the app thread there is nothing to watch: a block of the app thread blocks the watch too.
  const watch = host.beforeSample
    ? undefined
    : startHeapWatch({
        block,
        openLink: host.openLink,
        onReading: (percent, blockedFor) => contained('watch the heap', () => heapAlarm.look(percent, blockedFor)),
        onAnswer: at => contained('look for a debugger', () => holds.answered(at)),
        onError,
      })

  // Not at the start, when the app is busy.
  setTimeout(() => void costs.learn(), learnAfter).unref()

  const timer = setInterval(() => contained('sample', tick), options.interval)
  timer.unref()
  const looking = watch && setInterval(() => contained('look for a stop', sampler.look), monitorThread.period)
  looking?.unref()

  function contained(what: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      onError(what, error)
    }
  }

  const fleet = createFleet(options.dir, data.member)
  const calls = createEngineCalls({
    options,
    without,
    rules,
    addWindow: recorder.add,
    profiles,
    store,
    dumper,
    outcomes,
    costs,
    ring,
    fleet,
    equip({ profiler, recorder }) {
      data.profiler = profiler
      Object.assign(data.recorder, recorder)
    },
    start,
    findWorkers: worker => findWorkers(host.openLink, workers.names(), worker),
    emit(event) {
      if (event.event === 'thresholds') for (const hear of tuneListeners) hear()
      host.emit(event)
    },
    async stop() {
      clearInterval(timer)
      clearInterval(looking)
      watch?.stop()
      fleet.close()
      events.emit('stopping')
      profiles.close()
      await dumper.finish()
      await services.stop()
      workers.close()
      await store.close()
      descriptors.close()
    },
  })
  /** Changes since the last sample that a caller must not miss. */
  const now = () => ({ capture: dumper.current(), errors: failures.list() })
  const api = createEngineApi({
    options,
    fleet,
    calls,
    events,
    rules,
    status: () => ({
      state: 'running',
      thread: data.thread,
      ...(lastStatus ?? idleStatus(options)),
      ...now(),
      ...reported,
    }),
  })
  const inAppThread = host.beforeSample !== undefined
  const log = (level: keyof Logger) => (message: string) => host.emit({ event: 'log', level, message })
  const services = await startServices({
    api,
    data,
    store,
    uploads,
    live: profiles,
    announce: outcomes.announce,
    onWindow: listener => void windowListeners.push(listener),
    onRetuned: listener => void tuneListeners.push(listener),
    openLink: host.openLink,
    inAppThread,
    role,
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    report(part) {
      reported = { ...reported, ...part }
      host.emit({ event: 'report', part })
    },
    reconfigure: options => host.emit({ event: 'reconfigure', options }),
    onError,
  })

  const detach = () => {
    watch?.stop()
    dumper.detach()
  }
  return { calls, detach }
}

/** Percent. On a busy machine the event loop is not idle either, however little it does. */
function busyOf(sample: Sample | null | undefined): number | null {
  const utilization = sample?.values.eventLoopUtilization ?? null
  return utilization === null ? null : Math.min(utilization, sample?.cpuThreads?.main ?? utilization)
}

/** Milliseconds. */
const learnAfter = 2000

/** Whether the state of a rule has changed since the sample before. */
function isNews(before: Decision | undefined, now: Decision): boolean {
  return ruleNames.some(rule => before?.rules[rule].state !== now.rules[rule].state)
}
