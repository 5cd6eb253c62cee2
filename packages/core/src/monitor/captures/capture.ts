import type { AppLink } from '../../link/app-link.js'
import type { CaptureKind, Without } from '../../model/capture-kind.js'
import type { ProfilerEngine } from '../../model/cpu-profile.js'
import type { Evidence } from '../../model/evidence.js'
import type { TriggerInfo } from '../../model/manifest.js'
import type { ResolvedOptions } from '../../model/options.js'
import type { AppNote } from '../../model/run.js'
import type { Recording } from '../recorder/flight-recorder.js'
import type { StuckApp } from '../stuck-app.js'
import type { AffordablePause } from './affordable-pause.js'
import type { PauseModel, Pauses } from './pauses.js'

export interface CaptureContext {
  /** The link to the app thread; one for the whole dump, attached at the first call. */
  link(): Promise<AppLink>
  /** Another link to the app thread, for a capture that cannot share one and closes it itself. */
  openLink(): Promise<AppLink>
  /**
   * Worker threads to profile: those with these numbers instead of the app thread, or beside it all that have registered,
   * because the load is not in the main thread.
   */
  workers?: number[] | 'registered'
  /** Names of the worker threads that have registered, by `threadId`. */
  knownWorkers(): ReadonlyMap<number, string>
  /** How long captures with a duration last, in milliseconds. */
  duration: number
  trigger: TriggerInfo
  options: ResolvedOptions
  /** Kinds that this process cannot capture, with the reasons. */
  without?: Without
  /** Milliseconds for which the app thread had been blocked when the rule fired; 0 when it was not. */
  blockedFor: number
  /** Puts a piece on disk at once: it stays, even if the rest of the capture fails. */
  keep(piece: Evidence): void
  /** Reads the variables of an app thread that is stuck; absent where no monitor thread could. */
  stuck?: StuckApp
  /** The recording of the time before; absent where nothing is recorded. */
  recording?(link: AppLink): Promise<Recording | null>
  /** The part of it that is known without asking the app thread. */
  recorded?(): Recording | null
  /** The last note of the app thread about its requests; `null` where there is none. Asks the app thread for nothing. */
  noted?(): AppNote | null
  /**
   * Awaited before the app is stopped for long. By then the kinds of this dump that do not stop it have ended.
   * Processes of one host that share the directory stop one at a time. Resolves with why this process must not stop
   * now, `null` if it may; the lock is released when the evidence is on disk.
   */
  turn?(): Promise<string | null>
  /** Awaited before a measurement that all of those processes might begin at the same moment. */
  spread?(): Promise<void>
  /** Milliseconds for which the kind should stop the app now; `null`: it is not known. */
  expectedPause(kind: CaptureKind): number | null
  /** For how long a capture that nobody asked for, or the evidence of an early leak, may stop the app now. */
  affordablePause(early?: boolean): AffordablePause
  /** Waits, but no longer than until the capture is cut short. Resolves with whether it was. */
  wait(ms: number): Promise<{ cutShort: boolean }>
  /**
   * Announces that the capture may take this many milliseconds longer than captures have beyond their duration. It is
   * the last call before the app is stopped for long, so it throws if the dump has been cancelled.
   */
  mayTake?(ms: number): void
  /** Bytes that the process may still take. @default of this process */
  memoryLeft?(): number
  /** Names the thing that the capture waits for, for `status`, e.g. `profiler reply`; `null` when it has come. */
  pending(what: string | null): void
}

/** A capture that would do harm: the reason goes into the manifest, and the dump gets the cheaper kind instead, if there is one. */
export class CaptureRefused extends Error {
  readonly instead: CaptureKind | null

  constructor(reason: string, instead: CaptureKind | null) {
    super(reason)
    this.instead = instead
  }
}

/** A kind of evidence. Throwing makes the artifact `failed` and the dump `partial`. */
export interface Capture {
  kind: CaptureKind
  /** How long the app stands still for it, as a rule. */
  pause: PauseModel | ((profiler: ProfilerEngine) => PauseModel)
  /** The engine that makes it: a measured pause of another engine says nothing. @default the pause is always alike */
  engine?(profiler: ProfilerEngine): string
  /** Why the capture would be refused now. */
  refusal?(conditions: CaptureConditions): string | null
  /** The cheaper way that the capture would use now; `null` if there is none. */
  cheaper?(conditions: CaptureConditions): { ms: number; words: string } | null
  /** A caveat to know before a request; comes after the words about the pause. */
  caveat?(conditions: CaptureConditions): string
  take(context: CaptureContext): Promise<Evidence[]>
}

/** Facts that are known without asking the app thread, so also while it is blocked. Sizes in bytes. */
export interface CaptureConditions {
  options: Pick<ResolvedOptions, 'captures' | 'cpuProfile' | 'heapProfile' | 'heapSnapshot' | 'asyncStacks'>
  /** The JavaScript heap of the app thread; `null` where nothing has been published yet. */
  heapBytes: number | null
  memoryLeft: number
  diskLeft: number
  /** Milliseconds for which the event loop has been blocked; 0 where it is not. */
  blockedFor: number
  /** Kinds that this process cannot capture. */
  without?: Without
  /** The engine that makes CPU profiles. */
  profiler: ProfilerEngine
  /** That the process may use, 1 at most. */
  cores: number
  pauses: Pick<Pauses, 'last' | 'taken'>
}
