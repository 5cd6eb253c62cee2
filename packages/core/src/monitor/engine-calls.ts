import { parseTrigger } from '../http/trigger-request.js'
import { AutodumpError, invalid } from '../lib/errors.js'
import type { EngineCalls, Equipment } from '../link/engine-calls.js'
import type { EngineEvent } from '../link/messages.js'
import type { RecordedWindow } from '../link/recorded-window.js'
import type { CaptureKind, Without } from '../model/capture-kind.js'
import type { Fleet } from '../model/fleet.js'
import type { TriggerInfo } from '../model/manifest.js'
import type { ResolvedOptions } from '../model/options.js'
import type { Store } from '../model/store.js'
import { switchedOff } from '../options/switches.js'
import { listFaults, marksNowhere } from '../store/list-faults.js'
import { listRunRecords } from '../store/run-records.js'
import { pprofOf } from '../store/serve-pprof.js'
import { explain } from '../store/serve-report.js'
import type { CaptureCosts } from './capture-costs.js'
import type { DumpRequest } from './dump-parts.js'
import type { DumpRegistry } from './dump-registry.js'
import type { Dumper } from './dumper.js'
import type { MetricRules } from './metric-rules.js'
import type { LiveProfiles } from './profiles/live-profiles.js'
import type { SampleRing } from './sample-ring.js'

interface EngineCallsParts {
  options: ResolvedOptions
  without: Without
  rules: MetricRules
  addWindow(window: RecordedWindow): void
  profiles: LiveProfiles
  store: Store
  dumper: Dumper
  registry: DumpRegistry
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
  /** Numbers of the selected worker threads. */
  findWorkers(worker: string | number): Promise<number[]>
  emit(event: EngineEvent): void
  endAsked(): void
  stop(): Promise<void>
}

export function createEngineCalls(parts: EngineCallsParts): EngineCalls {
  const {
    options,
    without,
    rules,
    addWindow,
    profiles,
    store,
    dumper,
    registry,
    costs,
    ring,
    fleet,
    equip,
    start,
    findWorkers,
    emit,
    endAsked,
    stop,
  } = parts
  return {
    async updateThresholds(patch, ifMatch) {
      const thresholds = rules.retune(patch, ifMatch)
      emit({ event: 'thresholds', thresholds })
      return thresholds
    },
    equipped: async equipment => equip(equipment),
    async recorded(window) {
      addWindow(window)
    },
    async begin(request) {
      const { capture, duration, reason, worker } = parseTrigger(request)
      const wanted: CaptureKind[] = capture ?? (worker === undefined ? ['cpu-profile', 'requests'] : ['cpu-profile'])
      // The default set drops disabled kinds; a request that names kinds gets exactly these, or an error.
      const kinds = capture ?? wanted.filter(kind => options.captures[kind])
      const off = switchedOff('capture', kinds.length > 0 ? kinds : wanted, options.captures, without)
      if (off.length > 0) throw invalid('trigger request', off)
      const chosen = worker === undefined ? undefined : await findWorkers(worker)
      const trigger = manualTrigger(reason)
      const { id, opened } = start(trigger, kinds, 0, { duration, workers: chosen })
      await opened
      return id
    },
    settled: registry.settled,
    async cancel(id) {
      const outcome = await dumper.cancel(id)
      if (outcome === 'cancelled') return
      const isThere = (await store.manifest(id)) !== undefined
      if (!isThere && outcome === 'unknown') throw new AutodumpError('NOT_FOUND', `no dump ${id} is being captured`)
      throw new AutodumpError('CONFLICT', `the dump ${id} is not being captured any more`)
    },
    captures: costs.estimates,
    samplesJson: async (since = 0) => JSON.stringify(ring.since(since)),
    runs: () => listRunRecords(options.dir),
    faults: query => listFaults(store.list, query),
    markFault: marksNowhere,
    list: query => store.list(query),
    async manifest(id) {
      const current = dumper.current()
      return current?.id === id ? current : store.manifest(id)
    },
    artifact: (id, file) => store.artifact(id, file),
    pprof: (id, file) => pprofOf(store, id, file),
    liveProfile: profiles.get,
    explain: id => explain(store, options.dir, id),
    remove: id => store.remove(id),
    setPinned: (id, pinned) => store.setPinned(id, pinned),
    otherInstances: fleet.others,
    askInstance: fleet.ask,
    endAsked: async () => endAsked(),
    stop,
  }
}

function manualTrigger(reason = 'by hand'): TriggerInfo {
  return { metric: null, rule: 'manual', value: null, mean: null, threshold: null, unit: null, history: [], reason }
}
