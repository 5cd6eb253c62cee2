import { captureKinds } from '../captures/capture.js'
import { AutodumpError } from '../errors.js'
import type { MonitorApi } from '../http/monitor-api.js'
import { parseTrigger } from '../http/trigger-request.js'
import { createSuspicion } from '../in-flight/suspicion.js'
import { createHeapAlarm } from '../memory/heap-alarm.js'
import { startHeapWatch } from '../memory/heap-watch.js'
import { holdApp } from '../memory/hold.js'
import { gapBefore, type Sample } from '../metrics/sample.js'
import { createSampler } from '../metrics/sampler.js'
import { type PprofFile, pprofOf } from '../pprof/serve.js'
import type { AppLink } from '../profilers/app-link.js'
import type { RecordedWindow } from '../recorder/app-recorder.js'
import { createFlightRecorder } from '../recorder/flight-recorder.js'
import type { Decision, Verdict } from '../rules/decision.js'
import { ruleNames } from '../rules/threshold.js'
import { thresholdsEtag } from '../rules/thresholds-patch.js'
import type { CapturingDump, Manifest, TriggerInfo } from '../store/manifest.js'
import type { DumpPage, ListQuery, Store, StoredArtifact } from '../store/store.js'
import { openStore } from '../store/store-on-disk.js'
import { createBlock } from './block.js'
import { startCompanions } from './companions.js'
import { createDumper } from './dumper.js'
import { createEvents } from './events.js'
import { createFailures } from './failures.js'
import type { EngineData, EngineEvent } from './messages.js'
import { createMetricRules } from './metric-rules.js'
import { describeStatus, type EngineStatus, idleStatus } from './report-status.js'

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
  const sampler = createSampler({ block, limits, customMetrics: options.customMetrics, interval: options.interval })
  const store: Store = await openStore({ ...options, pid: process.pid, onError })
  const recorder = createFlightRecorder({ state: data.recorder, window: options.recorder.window, onError })
  const dumper = createDumper({
    store,
    options,
    limits: { ...limits },
    openLink: host.openLink,
    // In the app thread the dump would be held up as well.
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
    fire(
      decisions.filter(({ fire }) => fire !== null),
      sample,
    )
    heapAlarm.look(sample.values.heap, sample.blockedFor ?? 0)
    const changed = decisions.filter((decision, index) => decision.fire || isNews(before[index], decision))
    lastStatus = status(sample)
    host.emit({ event: 'tick', status: JSON.stringify(lastStatus), decisions: changed })
    for (const decision of changed) events.emit('decision', decision)
    events.emit('sample', sample)
  }

  /**
   * What fires at the same sample has one cause: it makes one dump, in the name of the first, or of a leak: that one
   * says most, and the spikes beside it are its symptoms.
   */
  function fire(decided: Decision[], sample: Sample): void {
    const firing = [...decided].sort((a, b) => Number(b.fire === 'leak') - Number(a.fire === 'leak'))
    const [first] = firing
    if (!first?.fire) return
    const wanted = new Set(firing.flatMap(({ metric }) => rules.thresholds()[metric]?.capture ?? []))
    try {
      start(
        triggerOf(first, firing.slice(1)),
        captureKinds.filter(kind => wanted.has(kind)),
        sample.blockedFor ?? 0,
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

  function start(trigger: TriggerInfo, kinds: TriggerKinds, blockedFor: number, duration?: number, urgent = false) {
    const begun = dumper.begin({ trigger, kinds, blockedFor, duration, urgent })
    const done = begun.done.then(manifest => {
      const name = `${trigger.metric ?? 'manual'}-${trigger.rule}`
      byRule[name] = (byRule[name] ?? 0) + 1
      last = { id: manifest.id, summary: manifest.summary.text }
      host.emit({ event: 'dump', manifest })
      events.emit('dump', manifest)
      return manifest
    })
    settled.set(begun.id, done)
    const forget = () => settled.delete(begun.id)
    done.then(forget, forget)
    return begun
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
    dump: (trigger, kinds, blockedFor) => void start(trigger, kinds, blockedFor, undefined, true),
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

  const calls: EngineCalls = {
    async updateThresholds(patch, ifMatch) {
      host.emit({ event: 'thresholds', thresholds: rules.retune(patch, ifMatch) })
    },
    async recorded(window) {
      recorder.add(window)
    },
    async begin(request) {
      const { capture, duration, reason } = parseTrigger(request)
      const trigger = manualTrigger(reason)
      const { id, opened } = start(trigger, capture ?? ['cpu-profile', 'requests'], 0, duration)
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
    async stop() {
      clearInterval(timer)
      watch?.stop()
      events.emit('stopping')
      await dumper.finish()
      await companions.stop()
      await store.close()
    },
  }
  const api: MonitorApi = {
    options,
    status: () => ({ state: 'running', thread: data.thread, ...(lastStatus ?? idleStatus(options)) }),
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
  const companions = await startCompanions({ api, data, openLink: host.openLink, inAppThread, onError })

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

function triggerOf(decision: Decision, others: Decision[]): TriggerInfo {
  const rule = decision.fire as NonNullable<Decision['fire']>
  const { metric, value, mean, unit, history } = decision
  const figures = ({ reason }: Verdict) => reason.replace(/^fires: /, '')
  const also = others.map(other => `also ${other.metric}: ${figures(other.rules[other.fire as typeof rule])}`)
  const reason = [figures(decision.rules[rule]), ...also].join('; ')
  return { metric, rule, value, mean, threshold: decision.rules[rule].threshold, unit, history, reason }
}

function manualTrigger(reason = 'by hand'): TriggerInfo {
  return { metric: null, rule: 'manual', value: null, mean: null, threshold: null, unit: null, history: [], reason }
}
