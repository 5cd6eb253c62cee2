import { setOwnRegions, setProgram } from '../analysis/places.js'
import { findStart } from '../analysis/starting.js'
import { monotonic } from '../lib/clock/monotonic.js'
import { realpath } from '../lib/fs.js'
import type { Logger } from '../lib/log.js'
import { createBlock } from '../link/block.js'
import type { Engine } from '../link/engine-calls.js'
import { createEvents } from '../link/events.js'
import { createFailures } from '../link/failures.js'
import type { EngineData } from '../link/messages.js'
import type { RecordedWindow } from '../link/recorded-window.js'
import { createRole } from '../link/role.js'
import { readStart } from '../link/start.js'
import type { CaptureKind } from '../model/capture-kind.js'
import type { TriggerInfo } from '../model/manifest.js'
import { builtinMetrics } from '../model/metric.js'
import type { Store } from '../model/store.js'
import { isFor, uploadTargetOf } from '../model/upload-target.js'
import { withoutKinds } from '../options/switches.js'
import { openStore } from '../store/store-on-disk.js'
import { createUploadMarks } from '../store/upload-marks.js'
import { watchBetweenSamples } from './between-samples.js'
import { pidsOfRuns } from './black-box/adopt.js'
import { createCaptureCosts } from './capture-costs.js'
import type { DumpRequest } from './dump-parts.js'
import { createDumpRegistry } from './dump-registry.js'
import { createEarlySample } from './early-sample.js'
import { createEngineApi } from './engine-api.js'
import { createEngineCalls } from './engine-calls.js'
import { createEngineDumper } from './engine-dumper.js'
import type { EngineHost } from './engine-host.js'
import { fire } from './fire.js'
import { createFleet } from './fleet.js'
import { createHeapAlarm } from './memory/heap-alarm.js'
import { createMetricRules } from './metric-rules.js'
import { createReadings } from './metrics/readings.js'
import { createOneVoice } from './one-voice.js'
import { createLiveProfiles } from './profiles/live-profiles.js'
import { createFlightRecorder } from './recorder/flight-recorder.js'
import { createStatusReport } from './report-status.js'
import { createSampleRing } from './sample-ring.js'
import { createSampleRound } from './sample-round.js'
import { startServices } from './services.js'
import { createSpentBlock } from './spent-block.js'
import { listenForWorkers } from './workers/known-workers.js'
import { findWorkers } from './workers/worker-profiles.js'

/**
 * The whole pipeline: sample, judge, capture, store, notify. It runs in the monitor thread, or in the app thread if
 * there can be no monitor thread. Only its host differs.
 */
export async function startEngine(data: EngineData, host: EngineHost): Promise<Engine> {
  const { limits, without } = data
  setOwnRegions(data.ownRegions)
  setProgram(await realpath(data.instance.script).catch(() => data.instance.script))
  const inAppThread = host.beforeSample !== undefined
  const options = { ...data.options, captures: withoutKinds(data.options.captures, without) }
  const failures = createFailures(failure => {
    host.emit({ event: 'failure', failure })
    events.emit('error', new Error(`${failure.what}: ${failure.message}`))
  })
  const onError = failures.note
  const events = createEvents((event, error) => onError(`a listener of '${event}'`, error))
  const block = createBlock(data.block)
  const role = createRole(block, data.inherited)
  const readings = createReadings({ block, limits, options, isOwnThread: !inAppThread })
  // Also without a bucket: retention must know which dumps of others wait for theirs.
  const uploads = createUploadMarks(options.dir)
  const target = uploadTargetOf(options, data.instance.title)
  const store: Store = await openStore({
    ...options,
    uploads,
    waits: dump => dump.uploadTo !== undefined || (target !== null && isFor(dump, target)),
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
  const endListeners: (() => void)[] = []
  const workers = listenForWorkers()
  const ring = createSampleRing(options.interval, [...Object.keys(builtinMetrics), ...options.customMetrics])
  const costs = createCaptureCosts({
    options,
    without,
    cores: limits.cpu.percentOf,
    block,
    equipment: () => data,
    blockedFor: () => status.last()?.blockedFor ?? 0,
    store,
    onError,
  })
  const dumper = createEngineDumper({
    ...{ data, options, host, block, store, recorder, workers, costs, onError },
    lastSample: () => status.last()?.sample,
    samples: ring.around,
    onCapture(dump) {
      host.emit({ event: 'capture', dump })
      events.emit('capture', dump)
    },
  })
  // Thresholds may name metrics that are missing here: people write them for more than one place.
  const rules = createMetricRules(data.thresholds, data.options)
  const registry = createDumpRegistry(store, manifest => {
    host.emit({ event: 'dump', manifest })
    events.emit('dump', manifest)
  })

  function start(
    trigger: TriggerInfo,
    kinds: CaptureKind[],
    blockedFor: number,
    more: Pick<DumpRequest, 'duration' | 'urgent' | 'workers' | 'atTrigger'> = {},
  ) {
    readings.descriptors.dumpBegins()
    const atTrigger = [...findStart(readStart(block, monotonic())), ...(more.atTrigger ?? [])]
    const begun = dumper.begin({ trigger, kinds, blockedFor, ...more, atTrigger })
    registry.follow(begun.id, begun.done)
    return begun
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
  const earlySample = createEarlySample({
    overdue: readings.sampler.overdue,
    threshold: () => rules.thresholds().eventLoopDelay,
    isArmed: () => rules.decisionOf('eventLoopDelay')?.rules.watermark.state === 'quiet',
    take() {
      timer.refresh()
      tick()
    },
  })
  // In the app thread there is nothing to watch: a block of the app thread blocks the watch too.
  const between = inAppThread
    ? undefined
    : watchBetweenSamples({
        ...{ block, sampler: readings.sampler, heapAlarm, earlySample, openLink: host.openLink, contained, onError },
      })

  const { find, container, heldBy } = readings
  const voice = createOneVoice({ dir: options.dir, own: data.instance.id, container, heldBy, onError })
  const firing = {
    ...{ options, rules, costs, heapAlarm, role, start, find, voice, onError },
    block: createSpentBlock(),
    mayBeHeld: (now: number) => between?.mayBeHeld(now) === true,
  }
  const status = createStatusReport({
    ...{ data, options, store, dumper, recorder, failures, rules, registry },
    sampler: readings.sampler,
    emit: host.emit,
  })
  const tick = createSampleRound({
    ...{ options, host, block, readings, ring, rules, dumper, heapAlarm, events, contained },
    fire: (decisions, sample, now) => fire(firing, decisions, sample, now),
    status: status.sampled,
    sampled: earlySample.sampled,
  })

  // Not at the start, when the app is busy.
  setTimeout(() => void costs.learn(), learnAfter).unref()

  const timer = setInterval(() => contained('sample', tick), options.interval)
  timer.unref()

  function contained(what: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      onError(what, error)
    }
  }

  const fleet = createFleet(options.dir, data.instance)
  const calls = createEngineCalls({
    ...{ options, without, rules, store, dumper, registry, costs, ring, fleet, profiles, start },
    addWindow: recorder.add,
    equip({ profiler, recorder }) {
      data.profiler = profiler
      Object.assign(data.recorder, recorder)
    },
    findWorkers: worker => findWorkers(host.openLink, workers.names(), worker),
    emit(event) {
      if (event.event === 'thresholds') for (const hear of tuneListeners) hear()
      host.emit(event)
    },
    endAsked() {
      for (const hear of endListeners) hear()
    },
    async stop() {
      clearInterval(timer)
      between?.stop()
      fleet.close()
      events.emit('stopping')
      profiles.close()
      await dumper.finish()
      voice.release()
      await services.stop()
      workers.close()
      await store.close()
      readings.descriptors.close()
    },
  })
  const api = createEngineApi({ options, fleet, calls, events, rules, status: status.now })
  const log = (level: keyof Logger) => (message: string) => host.emit({ event: 'log', level, message })
  const services = await startServices({
    ...{ api, data, store, uploads: target && uploads, inAppThread, role, onError, live: profiles },
    onMended: failures.mended,
    announce: registry.announce,
    onWindow: listener => void windowListeners.push(listener),
    onRetuned: listener => void tuneListeners.push(listener),
    onEndAsked: listener => void endListeners.push(listener),
    openLink: host.openLink,
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    report: status.report,
    reconfigure: options => host.emit({ event: 'reconfigure', options }),
  })

  const detach = () => {
    between?.stopWatch()
    dumper.detach()
  }
  return { calls, detach }
}

/** Milliseconds. */
const learnAfter = 2000
