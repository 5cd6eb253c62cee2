import type { Ending } from './run.js'
import type { Sample } from './sample.js'

/** A run of a monitor that is over, as the list of runs has it. */
export interface RunRecord {
  /** `20261124T013512123Z-4711-0af3b2c1d4e5`: the moment of the end, the process, and what tells the run from others. */
  id: string
  /** The name of the program for people. */
  program: string
  pid: number
  host: string
  labels: Record<string, string>
  node: string
  /** When the monitor started, ISO 8601. */
  startedAt: string
  /** When the process ended, or was last heard of. ISO 8601. */
  endedAt: string
  /**
   * `stopped`: it said so, and was asked to. `ended`: it ended without a word, and nothing was wrong. Anything else is the
   * cause of a crash.
   */
  ending: Ending['is']
  /** `null`: it did not exit by itself, or did not say so. */
  exitCode: number | null
  /** The same in words. */
  text: string
  /** Id of the dump of a crash; `null` where there is none. */
  dump: string | null
  /** The last ones, oldest first, 10 at most. */
  samples: Sample[]
}
