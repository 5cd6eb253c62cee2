import type { Readable } from 'node:stream'
import type { Logger } from '../../lib/log.js'
import type { CpuProfile } from '../../model/cpu-profile.js'
import type { Manifest } from '../../model/manifest.js'
import type { Sample } from '../../model/sample.js'

/**
 * Gets dumps, recorder windows and samples, as far as it has the functions for them. It works in the monitor thread, so
 * a call must not block that thread for long. The signal means that a call has used up its time, or that the monitor
 * stops.
 */
export interface Sink {
  /** A dump that is on disk. A rejected call is repeated later, also after a restart: a dump may come twice. */
  dump?(dump: SinkDump, signal: AbortSignal): void | Promise<void>
  /** A window of the flight recorder, as soon as it is over. */
  window?(window: SinkWindow, signal: AbortSignal): void | Promise<void>
  sample?(sample: Sample, signal: AbortSignal): void | Promise<void>
  /** The monitor stops: a second is left. */
  close?(): void | Promise<void>
}

/** The default export of a sink's module. */
export type SinkFactory<Options = Record<string, unknown>> = (
  options: Options,
  context: SinkContext,
) => Sink | Promise<Sink>

/** The process that a sink works in. */
export interface SinkContext {
  pid: number
  host: string
  labels: Record<string, string>
  /** The app's logger. Nobody reads the console of the monitor thread. */
  logger: Logger
}

export interface SinkDump {
  manifest: Manifest
  /**
   * The content of an artifact of the manifest, by its `file`. The stream ends with the call that opened it. Rejects
   * for any other name, and if the file is gone.
   */
  open(file: string, options?: SinkOpenOptions): Promise<Readable>
}

export interface SinkOpenOptions {
  /** The bytes on disk: `storedBytes` of them, compressed if the artifact has an `encoding`. @default false */
  stored?: boolean
}

/** A piece of the CPU profile that always runs. */
export interface SinkWindow {
  engine: string
  /** Epoch milliseconds. */
  startedAt: number
  /** Milliseconds. */
  duration: number
  /** Parses the profile: milliseconds of work, so call it once and only if needed. */
  profile(): CpuProfile
}
