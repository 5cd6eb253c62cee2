import type { Options } from './options.js'

/** Where the options of a monitor come from that was started without code. */
export interface ConfigSource {
  /** The variables `AUTODUMP_*`. */
  env: Environment
  /** Absolute path of the file that `AUTODUMP_CONFIG` names. */
  file: string | null
  /** The options that the monitor was started with. */
  applied: Options
}

/** For `createMonitor`, where it is not the application that starts it. */
export interface ZeroCode {
  source: ConfigSource
  /** The file has other options, and not only thresholds: the monitor is to start anew with these. */
  reconfigure(options: Options): void
}

export type Environment = Record<string, string | undefined>
