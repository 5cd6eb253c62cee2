import { isLoadElsewhere } from '../analysis/worker-threads.js'
import { pidsOfRuns } from '../black-box/adopt.js'
import { type CaptureKind, captureKinds } from '../captures/capture.js'
import { switchedOff } from '../captures/switches.js'
import { AutodumpError, invalid } from '../errors.js'
import { createFleet, type FleetAnswer, type FleetRequest } from '../fleet/fleet.js'
import type { Member } from '../fleet/member.js'
import { createTurns } from '../fleet/turns.js'
import type { MonitorApi } from '../http/monitor-api.js'
import { parseTrigger } from '../http/trigger-request.js'
import { createSuspicion } from '../in-flight/suspicion.js'
import type { Logger } from '../log.js'
import { createHeapAlarm } from '../memory/heap-alarm.js'
import { startHeapWatch } from '../memory/heap-watch.js'
import { holdApp } from '../memory/hold.js'
import { readMainThreadCpu } from '../metrics/cpu-threads.js'
import { gapBefore, type Sample } from '../metrics/sample.js'
import { createSampler } from '../metrics/sampler.js'
import { type PprofFile, pprofOf } from '../pprof/serve.js'
import type { AppLink } from '../profilers/app-link.js'
import type { RecordedWindow } from '../recorder/app-recorder.js'
import { createFlightRecorder } from '../recorder/flight-recorder.js'
import type { Decision } from '../rules/decision.js'
import { firingOf, triggerOf } from '../rules/metric-states.js'
import { ruleNames } from '../rules/threshold.js'
import { thresholdsEtag } from '../rules/thresholds-patch.js'
import type { CapturingDump, Manifest, TriggerInfo } from '../store/manifest.js'
import type { DumpPage, ListQuery, Store, StoredArtifact } from '../store/store.js'
import { openStore } from '../store/store-on-disk.js'
import { listenForWorkers } from '../workers/known-workers.js'
import { findWorkers } from '../workers/worker-profiles.js'
import { createBlock } from './block.js'
import { startCompanions } from './companions.js'
import { createDumper, type DumpRequest } from './dumper.js'
import { createEvents } from './events.js'
import { createFailures } from './failures.js'
import type { EngineData, EngineEvent } from './messages.js'
import { createMetricRules } from './metric-rules.js'
import { describeStatus, type EngineStatus, idleStatus, noCompanions } from './report-status.js'

/** What can be asked of the engine from the other thread. */
export interface EngineCalls {
  updateThresholds(patch: unknown, ifMatch?: string): Promise<void>
  /** Takes a window of the flight recorder. */
  recorded(window: RecordedWindow): Promise<void>
  /** Resolves with the id when the dump was admitted. */
  begin(request: unknown): Promise<string>
  /** Resolves with the manifest when the dump is on disk. */
  settled(id: string): Promise<Manifest>
  list(query: ListQuery): Promise<DumpPage>
  manifest(id: string): Promise<Manifest | CapturingDump | undefined>
  artifact(id: string, file: string): Promise<StoredArtifact | undefined>
  pprof(id: string, file: string): Promise<PprofFile | undefined>
  remove(id: string): Promise<boolean>
  /** See `Fleet.others`. */
  siblings(): Promise<Member[]>
  /** See `Fleet.ask`. */
  askSibling(id: string, request: FleetRequest): Promise<FleetAnswer>
  /** Cuts a capture in progress short, publishes it and ends everything. */
  stop(): Promise<void>
}

export interface EngineHost {
  /** The way to the app thread, from where this engine runs. */
  openLink(): Promise<AppLink>
  /** Called before each sample, where the engine runs in the app thread: nobody else keeps the figures fresh then. */
  beforeSample?(): void
  emit(event: EngineEvent): void
}

export interface Engine {
  calls: EngineCalls
  /** Detaches from the app thread at once, because the process is exiting. */
  detach(): void
}

/** Outcomes of dumps that are kept for those who have asked for them. One is made at a time. */
const rememberedDumps = 4

/** How many samples a manifest shows before the trigger. */
const shownBefore = 60

/**
 * The whole pipeline: sample, judge, capture, store, tell. It runs in the monitor thread, or in the app thread where
 * there can be no other; it knows the difference only by its host.
 */
export async function startEngine(data: EngineData, host: EngineHost): Promise<Engine> {
  const { options, limits } = data
  const failures = createFailures(failure => {
    host.emit({ event: 'failure', failure })
    events.emit('error', new Error(`${failure.what}: ${failure.message}`))
  })
  const onError = failures.note
  const events = createEvents((event, error) => onError(`a listener of '${event}'`, error))
  const block = createBlock(data.block)
  const sampler = createSampler({
    block,
    limits,
    customMetrics: options.customMetrics,
    interval: options.interval,
    // There the main thread may be somebody else's.
    ...(!host.beforeSample && { readMainThread: readMainThreadCpu }),
  })
  const store: Store = await openStore({
    ...options,
    pid: process.pid,
    ...(data.blackBox && { lookedAfter: () => pidsOfRuns(options.dir) }),
    onError,
  })
  const recorder = createFlightRecorder({ state: data.recorder, window: options.recorder.window, onError })
  const workers = listenForWorkers()
  const dumper = createDumper({
    store,
    options,
    limits: { ...limits },
    openLink: host.openLink,
    knownWorkers: workers.names,
    inAppThread: host.beforeSample !== undefined,
    // In the app thread the dump would be held up as well.
    turns: createTurns({ dir: options.dir, own: data.member.id, onError }),
    hold: link => (host.beforeSample ? () => {} : holdApp(block, link)),
    ...(data.recorder.engine && { recording: recorder.until }),
    samples,
    onError,
  })

  const suspicious = createSuspicion()

  const rules = createMetricRules(data.thresholds, options)
  let ring: Sample[] = []
  let lastTick = Date.now()
  let seenEnd = 0
  let lastStatus: EngineStatus | undefined
  let reported = noCompanions
  let last: { id: string; summary: string } | null = null
  const byRule: Record<string, number> = {}
  const settled = new Map<string, Promise<Manifest>>()

  function samples(since: number): Sample[] {
    const first = ring.findIndex(sample => sample.at >= since)
    return ring.slice(first < 0 ? -shownBefore : Math.max(0, first - shownBefore))
  }

  function tick(): void {
    host.beforeSample?.()
    const sample = sampler.sample()
    const end = dumper.endedAt()
    const capturing = dumper.current() !== null || end > lastTick
    lastTick = sample.at
    if (end !== seenEnd) {
      seenEnd = end
      rules.captureEnded()
    }
    if (capturing) sample.capturing = true
    const gap = gapBefore(sample, ring.at(-1), options.interval)
    if (gap !== undefined) sample.gap = gap
    ring.push(sample)
    // A manifest wants the samples before the trigger and those of a capture of up to five minutes.
    if (ring.length > 2 * shownBefore + 300_000 / options.interval) ring = ring.slice(-ring.length / 2)
    if ((sample.blockedFor ?? 0) >= options.cpuProfile.blockedDuration) dumper.appBlocked()

    block.store('following', suspicious(sample.values, rules.thresholds(), sample.at) ? 1 : 0)

    const before = rules.decisions()
    const collected = block.take('collected') === 1
    const decisions = rules.judge(sample, { capturing, collected, live: sampler.live() })
    const heapLeak = rules.decisionOf('heap')?.rules.leak.state
    block.store('watchingLive', heapLeak === 'quiet' || heapLeak === 'warming-up' ? 1 : 0)
    fire(decisions, sample)
    heapAlarm.look(sample.values.heap, sample.blockedFor ?? 0)
    const changed = decisions.filter((decision, index) => decision.fire || isNews(before[index], decision))
    lastStatus = status(sample)
    host.emit({ event: 'tick', status: JSON.stringify(lastStatus), decisions: changed })
    for (const decision of changed) events.emit('decision', decision)
    events.emit('sample', sample)
  }

  /** One dump for all that fires at the same sample, or none where the gate is closed: then the rules ask again. */
  function fire(decisions: Decision[], sample: Sample): void {
    const firing = firingOf(decisions)
    const [first, ...others] = firing
    if (!first?.fire) return
    const wanted = new Set(firing.flatMap(({ metric }) => rules.thresholds()[metric]?.capture ?? []))
    try {
      start(
        triggerOf([first, ...others]),
        captureKinds.filter(kind => wanted.has(kind)),
        sample.blockedFor ?? 0,
        isLoadElsewhere(sample) ? { workers: 'registered' } : {},
      )
      for (const { metric, fire, at } of firing) if (fire) rules.fired(metric, fire, at)
      const heap = firing.find(({ metric }) => metric === 'heap')
      if (heap?.fire === 'watermark') heapAlarm.watermarkFired(heap.at)
    } catch (error) {
      if (!(error instanceof AutodumpError)) throw error
      for (const decision of firing)
        if (decision.fire) decision.rules[decision.fire].reason += `; not dumped: ${error.message}`
    }
  }

  function start(
    trigger: TriggerInfo,
    kinds: TriggerKinds,
    blockedFor: number,
    more: Pick<DumpRequest, 'duration' | 'urgent' | 'workers'> = {},
  ) {
    const begun = dumper.begin({ trigger, kinds, blockedFor, ...more })
    const done = begun.done.then(manifest => {
      announce(manifest)
      return manifest
    })
    done.catch(() => {}) // The dumper has reported it.
    // Whoever has asked for it may ask for the outcome when a sibling's retention has removed it already.
    settled.set(begun.id, done)
    for (const old of [...settled.keys()].slice(0, -rememberedDumps)) settled.delete(old)
    return begun
  }

  function announce(manifest: Manifest): void {
    const { metric, rule } = manifest.trigger
    const name = `${metric ?? (rule === 'crash' ? 'process' : 'manual')}-${rule}`
    byRule[name] = (byRule[name] ?? 0) + 1
    last = { id: manifest.id, summary: manifest.summary.text }
    host.emit({ event: 'dump', manifest })
    events.emit('dump', manifest)
  }

  function status(sample: Sample) {
    const decisions = rules.decisions()
    return describeStatus({ data, decisions, sample, store, dumper, recorder, failures: failures.list(), last, byRule })
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
  // In the app thread there is nobody to watch: while it is blocked, so is the watch.
  const watch = host.beforeSample
    ? undefined
    : startHeapWatch({
        block,
        openLink: host.openLink,
        onReading: (percent, blockedFor) => contained('watch the heap', () => heapAlarm.look(percent, blockedFor)),
        onError,
      })

  const timer = setInterval(() => contained('sample', tick), options.interval)
  timer.unref()

  function contained(what: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      onError(what, error)
    }
  }

  const fleet = createFleet(options.dir, data.member)
  const calls: EngineCalls = {
    async updateThresholds(patch, ifMatch) {
      host.emit({ event: 'thresholds', thresholds: rules.retune(patch, ifMatch) })
    },
    async recorded(window) {
      recorder.add(window)
    },
    async begin(request) {
      const { capture, duration, reason, worker } = parseTrigger(request)
      const wanted: CaptureKind[] = capture ?? (worker === undefined ? ['cpu-profile', 'requests'] : ['cpu-profile'])
      // By default it is what is left of them; by name it is what was asked for, or nothing.
      const kinds = capture ?? wanted.filter(kind => options.captures[kind])
      const off = switchedOff('capture', kinds.length > 0 ? kinds : wanted, options.captures)
      if (off.length > 0) throw invalid('trigger request', off)
      const chosen = worker === undefined ? undefined : await findWorkers(host.openLink, workers.names(), worker)
      const trigger = manualTrigger(reason)
      const { id, opened } = start(trigger, kinds, 0, { duration, workers: chosen })
      await opened
      return id
    },
    async settled(id) {
      const done = settled.get(id) ?? store.manifest(id)
      const manifest = await done
      if (!manifest) throw new AutodumpError('NOT_FOUND', `there is no dump ${id}`)
      return manifest
    },
    list: query => store.list(query),
    async manifest(id) {
      const current = dumper.current()
      return current?.id === id ? current : store.manifest(id)
    },
    artifact: (id, file) => store.artifact(id, file),
    pprof: (id, file) => pprofOf(store, id, file),
    remove: id => store.remove(id),
    siblings: fleet.others,
    askSibling: fleet.ask,
    async stop() {
      clearInterval(timer)
      watch?.stop()
      fleet.close()
      events.emit('stopping')
      await dumper.finish()
      await companions.stop()
      workers.close()
      await store.close()
    },
  }
  /** What has changed since the last sample and whoever asks must not miss. */
  const now = () => ({ capture: dumper.current() })
  const api: MonitorApi = {
    options,
    fleet,
    status: () => ({
      state: 'running',
      thread: data.thread,
      ...(lastStatus ?? idleStatus(options)),
      ...now(),
      ...reported,
    }),
    thresholds: () => ({ thresholds: rules.thresholds(), etag: thresholdsEtag(rules.thresholds()) }),
    async updateThresholds(patch, ifMatch) {
      await calls.updateThresholds(patch, ifMatch)
      return rules.thresholds()
    },
    async begin(request) {
      const id = await calls.begin(request)
      const done = calls.settled(id)
      done.catch(() => {}) // Whoever does not wait for the end need not hear of its failure here.
      return { id, done }
    },
    list: calls.list,
    manifest: calls.manifest,
    artifact: calls.artifact,
    pprof: calls.pprof,
    remove: calls.remove,
    on: events.on,
    off: events.off,
  }
  const inAppThread = host.beforeSample !== undefined
  const log = (level: keyof Logger) => (message: string) => host.emit({ event: 'log', level, message })
  const companions = await startCompanions({
    api,
    data,
    store,
    announce,
    openLink: host.openLink,
    inAppThread,
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

type TriggerKinds = Parameters<ReturnType<typeof createDumper>['begin']>[0]['kinds']

/** Whether the state of a rule has changed since the sample before. */
function isNews(before: Decision | undefined, now: Decision): boolean {
  return ruleNames.some(rule => before?.rules[rule].state !== now.rules[rule].state)
}

function manualTrigger(reason = 'by hand'): TriggerInfo {
  return { metric: null, rule: 'manual', value: null, mean: null, threshold: null, unit: null, history: [], reason }
}
