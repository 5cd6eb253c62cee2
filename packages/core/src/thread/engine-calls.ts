import type { CaptureKind } from '../captures/capture.js'
import type { CaptureOffer } from '../captures/offers.js'
import { switchedOff, type Without } from '../captures/switches.js'
import { AutodumpError, invalid } from '../errors.js'
import type { Fleet, FleetAnswer, FleetRequest } from '../fleet/fleet.js'
import type { Member } from '../fleet/member.js'
import { parseTrigger } from '../http/trigger-request.js'
import type { ResolvedOptions } from '../options.js'
import { type PprofFile, pprofOf } from '../pprof/serve.js'
import type { RecordedWindow } from '../recorder/app-recorder.js'
import type { FlightRecorder } from '../recorder/flight-recorder.js'
import type { CapturingDump, Manifest, TriggerInfo } from '../store/manifest.js'
import type { DumpPage, ListQuery, Store, StoredArtifact } from '../store/store.js'
import type { CaptureCosts } from './capture-costs.js'
import type { DumpRequest } from './dump-run.js'
import type { Dumper } from './dumper.js'
import type { EngineEvent, Equipment } from './messages.js'
import type { MetricRules } from './metric-rules.js'
import type { Outcomes } from './outcomes.js'
import type { SampleRing } from './sample-ring.js'

/** What can be asked of the engine from the other thread. */
export interface EngineCalls {
  updateThresholds(patch: unknown, ifMatch?: string): Promise<void>
  /** The app thread has chosen its profiler, which it does when the app has come to rest. */
  equipped(equipment: Equipment): Promise<void>
  /** Takes a window of the flight recorder. */
  recorded(window: RecordedWindow): Promise<void>
  /** Resolves with the id when the dump was admitted. */
  begin(request: unknown): Promise<string>
  /** Resolves with the manifest when the dump is on disk. */
  settled(id: string): Promise<Manifest>
  /** See `MonitorApi.cancel`. */
  cancel(id: string): Promise<void>
  captures(): Promise<CaptureOffer[]>
  samplesJson(since: number): Promise<string>
  list(query: ListQuery): Promise<DumpPage>
  manifest(id: string): Promise<Manifest | CapturingDump | undefined>
  artifact(id: string, file: string): Promise<StoredArtifact | undefined>
  pprof(id: string, file: string): Promise<PprofFile | undefined>
  remove(id: string): Promise<boolean>
  setPinned(id: string, pinned: boolean): Promise<boolean>
  /** See `Fleet.others`. */
  siblings(): Promise<Member[]>
  /** See `Fleet.ask`. */
  askSibling(id: string, request: FleetRequest): Promise<FleetAnswer>
  /** Cuts a capture in progress short, publishes it and ends everything. */
  stop(): Promise<void>
}

interface EngineCallsParts {
  options: ResolvedOptions
  without: Without
  rules: MetricRules
  recorder: FlightRecorder
  store: Store
  dumper: Dumper
  outcomes: Outcomes
  costs: CaptureCosts
  ring: SampleRing
  fleet: Fleet
  equip(equipment: Equipment): void
  /** Begins a dump, if the gate is open. */
  start(
    trigger: TriggerInfo,
    kinds: CaptureKind[],
    blockedFor: number,
    more: Pick<DumpRequest, 'duration' | 'workers'>,
  ): { id: string; opened: Promise<unknown> }
  /** Numbers of the worker threads that are meant. */
  findWorkers(worker: string | number): Promise<number[]>
  emit(event: EngineEvent): void
  stop(): Promise<void>
}

export function createEngineCalls(parts: EngineCallsParts): EngineCalls {
  const {
    options,
    without,
    rules,
    recorder,
    store,
    dumper,
    outcomes,
    costs,
    ring,
    fleet,
    equip,
    start,
    findWorkers,
    emit,
    stop,
  } = parts
  return {
    async updateThresholds(patch, ifMatch) {
      emit({ event: 'thresholds', thresholds: rules.retune(patch, ifMatch) })
    },
    equipped: async equipment => equip(equipment),
    async recorded(window) {
      recorder.add(window)
    },
    async begin(request) {
      const { capture, duration, reason, worker } = parseTrigger(request)
      const wanted: CaptureKind[] = capture ?? (worker === undefined ? ['cpu-profile', 'requests'] : ['cpu-profile'])
      // By default it is what is left of them; by name it is what was asked for, or nothing.
      const kinds = capture ?? wanted.filter(kind => options.captures[kind])
      const off = switchedOff('capture', kinds.length > 0 ? kinds : wanted, options.captures, without)
      if (off.length > 0) throw invalid('trigger request', off)
      const chosen = worker === undefined ? undefined : await findWorkers(worker)
      const trigger = manualTrigger(reason)
      const { id, opened } = start(trigger, kinds, 0, { duration, workers: chosen })
      await opened
      return id
    },
    settled: outcomes.settled,
    async cancel(id) {
      const outcome = await dumper.cancel(id)
      if (outcome === 'cancelled') return
      const isThere = (await store.manifest(id)) !== undefined
      if (!isThere && outcome === 'unknown') throw new AutodumpError('NOT_FOUND', `no dump ${id} is being captured`)
      throw new AutodumpError('CONFLICT', `the dump ${id} is not being captured any more`)
    },
    captures: costs.offers,
    samplesJson: async since => JSON.stringify(ring.since(since)),
    list: query => store.list(query),
    async manifest(id) {
      const current = dumper.current()
      return current?.id === id ? current : store.manifest(id)
    },
    artifact: (id, file) => store.artifact(id, file),
    pprof: (id, file) => pprofOf(store, id, file),
    remove: id => store.remove(id),
    setPinned: (id, pinned) => store.setPinned(id, pinned),
    siblings: fleet.others,
    askSibling: fleet.ask,
    stop,
  }
}

function manualTrigger(reason = 'by hand'): TriggerInfo {
  return { metric: null, rule: 'manual', value: null, mean: null, threshold: null, unit: null, history: [], reason }
}
