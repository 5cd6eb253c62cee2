import type { CaptureOffer } from '../model/capture-offer.js'
import type { ProfilerEngine } from '../model/cpu-profile.js'
import type { FleetAnswer, FleetRequest, Member } from '../model/fleet.js'
import type { CapturingDump, Manifest } from '../model/manifest.js'
import type { PprofFile } from '../model/monitor-api.js'
import type { RunRecord } from '../model/run-record.js'
import type { RecorderState } from '../model/status.js'
import type { DumpPage, ListQuery, StoredArtifact } from '../model/store.js'
import type { RecordedWindow } from './recorded-window.js'

/** The means of the app thread for CPU profiles. */
export interface Equipment {
  /** The profiler that it offers. */
  profiler: ProfilerEngine
  recorder: RecorderState
}

/** The calls that the other thread may make to the engine. */
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
  runs(): Promise<RunRecord[]>
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

export interface Engine {
  calls: EngineCalls
  /** Detaches from the app thread at once, because the process is exiting. */
  detach(): void
}
