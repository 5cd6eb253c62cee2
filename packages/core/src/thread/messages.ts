import type { AdminAuth } from '../admin-server/admin-auth.js'
import type { BlackBoxData } from '../black-box/app-side.js'
import type { Without } from '../captures/switches.js'
import type { ConfigSource } from '../config/companion.js'
import { AutodumpError, type ErrorCode, type FieldError, messageOf } from '../errors.js'
import type { Member } from '../fleet/member.js'
import type { Logger } from '../log.js'
import type { Limits } from '../metrics/limits.js'
import type { Options, ResolvedOptions } from '../options.js'
import type { Region } from '../own-code.js'
import type { ProfilerEngine } from '../profilers/profiler.js'
import type { RecorderState } from '../recorder/app-recorder.js'
import { redactError } from '../redaction/text.js'
import type { Decision } from '../rules/decision.js'
import type { Thresholds } from '../rules/threshold.js'
import type { CapturingDump, Manifest } from '../store/manifest.js'
import type { EngineCalls } from './engine-calls.js'
import type { Failure } from './failures.js'
import type { CompanionStatus, Status } from './status.js'

/** What the app thread has for CPU profiles. */
export interface Equipment {
  /** The profiler that it offers. */
  profiler: ProfilerEngine
  recorder: RecorderState
}

/** What an engine is started with. */
export interface EngineData extends Equipment {
  /** Distinguishes monitors within one process. */
  monitorId: number
  options: ResolvedOptions
  /** The thresholds in force, which a PATCH may have changed since the options were given. */
  thresholds: Thresholds
  block: SharedArrayBuffer
  limits: Limits
  /** `null` where none is kept. */
  blackBox: BlackBoxData | null
  /** The monitor as its siblings know it. */
  member: Member
  /** Who may use the admin server. */
  adminAuth: AdminAuth
  /** Where the options come from, if not from code. */
  source: ConfigSource | null
  /** It came by way of an environment that others inherit as well. */
  inherited: boolean
  /** Where our code lies in the app's bundle. */
  ownRegions: Region[]
  /** Where the engine works. */
  thread: Status['thread']
  /** Kinds of evidence that cannot be had in this process, and why. */
  without: Without
}

/** What a monitor thread is started with. */
export interface ThreadData extends EngineData {
  /** Milliseconds that it waits for a first message before it begins its work: until then the app has the CPU. */
  dormantFor: number
}

/** What the engine tells, as it happens. */
export type EngineEvent =
  /** After every sample. `status` is JSON, so that the app thread parses it only when somebody asks. */
  | { event: 'tick'; status: string; decisions: Decision[] }
  | { event: 'dump'; manifest: Manifest }
  /** A capture has begun, made progress, or ended. */
  | { event: 'capture'; dump: CapturingDump | null }
  | { event: 'thresholds'; thresholds: Thresholds }
  | { event: 'failure'; failure: Failure }
  /** The configuration file has options that need another start. */
  | { event: 'reconfigure'; options: Options }
  | { event: 'log'; level: keyof Logger; message: string }
  /** What a companion has to say in the status. */
  | { event: 'report'; part: Partial<CompanionStatus> }

/** From the app thread to the monitor thread. */
export type ToThread = { wake: true } | { call: keyof EngineCalls; id: number; args: unknown[] } | { exiting: true }

/** From the monitor thread to the app thread. */
export type FromThread =
  | { ready: true }
  /** There is no way to the app thread, and why. */
  | { unlinked: string }
  | { id: number; value: unknown }
  | { id: number; error: WireError }
  | EngineEvent

/** An error on its way between threads: structured clone keeps only the message of an `Error` subclass. */
export interface WireError {
  code: ErrorCode
  message: string
  errors?: FieldError[]
  retryAfter?: number
}

export function toWire(error: unknown): WireError {
  if (error instanceof AutodumpError) {
    const { code, message, errors, retryAfter } = error
    return { code, message, errors, retryAfter }
  }
  return { code: 'FAILED', message: redactError(messageOf(error)) }
}

export function fromWire({ code, message, errors, retryAfter }: WireError): AutodumpError {
  return new AutodumpError(code, message, { errors, retryAfter })
}
