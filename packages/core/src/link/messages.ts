import { AutodumpError, type ErrorCode, type FieldError, messageOf } from '../lib/errors.js'
import type { Limits } from '../lib/limits.js'
import type { Logger } from '../lib/log.js'
import type { Region } from '../lib/own-code.js'
import { redactError } from '../lib/redaction/text.js'
import type { Without } from '../model/capture-kind.js'
import type { ConfigSource } from '../model/config-source.js'
import type { Decision } from '../model/decision.js'
import type { Instance } from '../model/fleet.js'
import type { CapturingDump, Manifest } from '../model/manifest.js'
import type { Options, ResolvedOptions } from '../model/options.js'
import type { Failure, ServiceStatus, Status } from '../model/status.js'
import type { Thresholds } from '../model/threshold.js'
import type { EngineCalls, Equipment } from './engine-calls.js'

/** The data for the start of an engine. */
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
  /** The monitor as the other instances know it. */
  instance: Instance
  /** The access to the admin server. */
  adminAuth: AdminAuth
  /** Where the options come from, if not from code. */
  source: ConfigSource | null
  /** The monitor came by an environment that other processes inherit as well. */
  inherited: boolean
  /** Where our code lies in the app's bundle. */
  ownRegions: Region[]
  /** Where the engine works. */
  thread: Status['thread']
  /** Kinds of evidence that cannot be had in this process, and why. */
  without: Without
}

/** The data for the start of a monitor thread. */
export interface ThreadData extends EngineData {
  /** Milliseconds that it waits for a first message before it begins its work: until then the app has the CPU. */
  dormantFor: number
}

/** The events of the engine, as they happen. */
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
  /** A service has changed its part of the status. */
  | { event: 'report'; part: Partial<ServiceStatus> }

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

/** The access to the admin server. Data only, since it goes to the monitor thread. `null` where there is no such server. */
export type AdminAuth = { token: string } | false | null

/** The data of the black box for the engine. */
export interface BlackBoxData {
  /** The name of the run, which stays the same when the monitor thread is started anew. */
  run: string
  /** Epoch milliseconds. */
  startedAt: number
  /** See `shared-table.ts`. */
  note: SharedArrayBuffer
}
