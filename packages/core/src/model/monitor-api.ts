import type { BucketCalls } from './bucket-calls.js'
import type { CaptureEstimate } from './capture-estimate.js'
import type { Decision } from './decision.js'
import type { FaultMark, FaultPatch, Faults, FaultsQuery } from './fault.js'
import type { Fleet } from './fleet.js'
import type { LiveProfileKind } from './live-profile.js'
import type { CapturingDump, Manifest } from './manifest.js'
import type { ResolvedOptions } from './options.js'
import type { RunRecord } from './run-record.js'
import type { Sample } from './sample.js'
import type { Status } from './status.js'
import type { DumpPage, ListQuery, StoredArtifact } from './store.js'
import type { Thresholds } from './threshold.js'

export interface MonitorEvents {
  /** A dump was published. */
  dump: [Manifest]
  /** A capture has begun or made progress; `null` when it has ended, in any way. */
  capture: [CapturingDump | null]
  /** Every sample, all metrics. */
  sample: [Sample]
  /** The state of a rule of that metric has changed, or a rule fired. */
  decision: [Decision]
  /** A failure of autodump itself. Nothing has to be done; `status().errors` has it too. */
  error: [Error]
  /** The monitor is about to stop: end what hangs on it. */
  stopping: []
}

/** The calls that a monitor does not answer itself: the engine does, by the calls of the same names. */
export interface ForwardedCalls {
  /**
   * Applies a JSON Merge Patch (RFC 7396) whole or not at all, and resolves with the thresholds as they are then.
   * Rejects with `INVALID` (every field listed), or `STALE` when `ifMatch` is given and is not the current tag.
   */
  updateThresholds(patch: unknown, ifMatch?: string): Promise<Thresholds>
  /**
   * Gives up a dump that is being captured: nothing of it stays, nobody is told, and the hour's quota keeps counting it.
   * Resolves when the next one may begin, or after two seconds where the app thread is still in a native call for it.
   * Rejects with `NOT_FOUND`, or `CONFLICT` when it is not being captured (any more).
   */
  cancel(id: string): Promise<void>
  /** The cost of a capture of each kind now. */
  captures(): Promise<CaptureEstimate[]>
  /**
   * The samples of the last hour that were taken after `since` (epoch milliseconds; all by default), oldest first: a JSON
   * array of `Sample`. As text, because an hour of them costs the app thread 20 ms to take apart and put together again.
   */
  samplesJson(since?: number): Promise<string>
  /** The last runs that are over, of all programs that share the directory, the newest first. */
  runs(): Promise<RunRecord[]>
  /** The dumps by fault, the fault that was seen last first. */
  faults(query: FaultsQuery): Promise<Faults>
  /** Ignores or resolves a fault, or writes a note to it. Rejects with `CONFLICT` where marks are not kept. */
  markFault(fingerprint: string, patch: FaultPatch): Promise<FaultMark>
  list(query: ListQuery): Promise<DumpPage>
  manifest(id: string): Promise<Manifest | CapturingDump | undefined>
  artifact(id: string, file: string): Promise<StoredArtifact | undefined>
  /** A profile as gzipped pprof. Rejects with `INVALID` for an artifact that is none. */
  pprof(id: string, file: string): Promise<PprofFile | undefined>
  /**
   * A profile of the process as gzipped pprof: its CPU in about the last `seconds`, or the memory that is in use. Rejects
   * with `NOT_FOUND` where none can be had, and `BUSY` where there is none yet.
   */
  liveProfile(kind: LiveProfileKind, seconds?: number): Promise<PprofFile>
  /** The dump in words, as Markdown. `undefined`: there is no such dump, or it is still being captured. */
  explain(id: string): Promise<string | undefined>
  remove(id: string): Promise<boolean>
  /** Keeps a dump from retention, or no longer. Resolves with whether it is there. Rejects with `CONFLICT`, see `Store`. */
  setPinned(id: string, pinned: boolean): Promise<boolean>
}

/**
 * The part of a monitor that the admin handler needs; the app thread's monitor and the monitor thread's engine both
 * have it.
 */
export interface MonitorApi extends ForwardedCalls {
  readonly options: ResolvedOptions
  /** Where the dumps lie, for people: only where no process is behind it. */
  readonly place?: string
  /** Only where the dumps of a bucket are served. */
  readonly bucket?: BucketCalls
  status(): Status
  /** Resolves when a start in progress is over, or after so many milliseconds. Absent where there is nothing to start. */
  started?(patience: number): Promise<void>
  /** The thresholds and an entity tag that changes with them. */
  thresholds(): { thresholds: Thresholds; etag: string }
  /** Starts a capture by hand. Rejects with `INVALID`, `BUSY`, `LIMITED`, `NO_ROOM` or `STOPPED`. */
  begin(request: unknown): Promise<{ id: string; done: Promise<Manifest> }>
  /** The monitors that share the dump directory. */
  readonly fleet: Fleet
  on<E extends keyof MonitorEvents>(event: E, listener: (...args: MonitorEvents[E]) => void): unknown
  off<E extends keyof MonitorEvents>(event: E, listener: (...args: MonitorEvents[E]) => void): unknown
}

export interface PprofFile {
  name: string
  /** Gzipped `profile.proto`. */
  bytes: Uint8Array
}
