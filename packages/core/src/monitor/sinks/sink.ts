import type { Readable } from 'node:stream'
import type { Logger } from '../../lib/log.js'
import type { CpuProfile } from '../../model/cpu-profile.js'
import type { Manifest } from '../../model/manifest.js'
import type { Sample } from '../../model/sample.js'

/**
 * Gets dumps, recorder windows and samples, as far as it has the functions for them. It works in the monitor thread, so a
 * call must not keep that for long at once. The signal says that a call has had its time, or that the monitor stops.
 */
export interface Sink {
  /** A dump that is on the disk. One that rejects is called again later, also after a restart: a dump may come twice. */
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

/** What a sink is told of the process that it works in. */
export interface SinkContext {
  pid: number
  host: string
  labels: Record<string, string>
  /** The app's logger. Nobody reads what the monitor thread writes to the console. */
  logger: Logger
}

export interface SinkDump {
  manifest: Manifest
  /**
   * The content of an artifact of the manifest, by its `file`. The stream ends with the call that it was opened in.
   * Rejects for any other name, and where the file is gone.
   */
  open(file: string, options?: SinkOpenOptions): Promise<Readable>
}

export interface SinkOpenOptions {
  /** As it lies on the disk: `storedBytes` of it, compressed where the artifact has an `encoding`. @default false */
  stored?: boolean
}

/** A piece of the CPU profile that always runs. */
export interface SinkWindow {
  engine: string
  /** Epoch milliseconds. */
  startedAt: number
  /** Milliseconds. */
  duration: number
  /** Reads it: milliseconds of work, so call it once and only where it is needed. */
  profile(): CpuProfile
}
