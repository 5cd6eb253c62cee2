import type { ProcessIdentity } from '../lib/process-life.js'
import type { RuleState } from './decision.js'
import type { CapturingDump } from './manifest.js'
import type { InFlightTable } from './request-table.js'
import type { Sample } from './sample.js'
import type { UploadTarget } from './upload-target.js'

/** An end that nobody has to look at: no dump, a line in the list of runs. */
export type OrdinaryEnd =
  /** It said so: its monitor was stopped (`code: null`), or it exited with a code of those who were asked to. */
  | { is: 'stopped'; at: number; code: number | null }
  /** It ended without a word while nothing was wrong, as by a signal that it does not handle. `at`: last heard of. */
  | { is: 'ended'; at: number; rebooted: boolean }

/** How a run ended, as far as it can be told. `is` goes into the finding, for programs. */
export type Ending = OrdinaryEnd | Crash

export type Crash =
  | { is: 'uncaught-exception' | 'unhandled-rejection'; at: number; error: LastError; code: number | null }
  /** `stack`: the caller of `process.exit()`; `null` where nobody called it. Older versions did not write it down. */
  | { is: 'exit'; at: number; code: number; stack?: string | null }
  | { is: 'abort'; at: number; stack: string }
  | { is: 'reboot'; at: number; trouble: string[] }
  | { is: 'oom-kill'; at: number; kills: number | null; rss: number | null; limit: string | null }
  | { is: 'heap-out-of-memory'; at: number; heap: number | null; reported: string | null }
  | { is: 'native-crash'; at: number; core: string }
  /** `trouble`: what was wrong before, in words. */
  | { is: 'killed'; at: number; handledSignals: string[]; trouble: string[] }

/** An exit so long after an error that the app has handled still has to do with it, in milliseconds. */
export const aftermath = 60_000

/**
 * 128 plus the number of the signal: a handler ended the process on request from outside. SIGHUP, SIGINT, SIGQUIT,
 * SIGTERM, and the SIGUSR2 of nodemon.
 */
const exitsOnRequest = new Set([1, 2, 3, 12, 15].map(signal => 128 + signal))

/** An exit that was meant. `null`: only the monitor was stopped. */
export const isGraceful = (code: number | null): boolean => code === 0 || code === null || exitsOnRequest.has(code)

export interface LastError {
  /** Epoch milliseconds. */
  at: number
  /** Monotonic milliseconds; older versions wrote none. */
  steady?: number
  origin: 'uncaughtException' | 'unhandledRejection'
  /** Somebody listens to `uncaughtException`: the process may live on. */
  handled: boolean
  name: string
  message: string
  stack: string
}

export interface LastExit {
  at: number
  steady?: number
  /** `null`: only the monitor was stopped, soon after an uncaught exception. */
  code: number | null
  /** The caller of `process.exit()`; `null` where nobody called it. Older versions did not write it down. */
  stack?: string | null
}

export interface Abort {
  at: number
  /** The caller of `process.abort()`. */
  stack: string
}

/** The facts of a run that are known from its start. */
export interface RunInfo {
  process: ProcessIdentity
  /** The name of the program for people. Older versions did not write it down. */
  program?: string
  /** Epoch milliseconds. */
  startedAt: number
  /** Seconds that the process had run by then. */
  uptime: number
  node: string
  v8: string
  interval: number
  labels: Record<string, string>
  /** The bucket that its dumps are for. Absent without one. */
  uploadTo?: UploadTarget
  limits: Record<string, unknown>
  /** Where Node would write its own report, by its options at the start. */
  report: { directory: string; filename: string }
  /** Where the kernel would write a core file; `null` where it would not. Older versions did not write it down. */
  core?: { pattern: string; cwd: string } | null
  /** The kernel's count of processes of the cgroup that it killed for want of memory. */
  oom: { file: string; inode: number; kills: number } | null
}

export interface RuleNote {
  metric: string
  rule: string
  state: RuleState
  reason: string
}

export interface DumpNote {
  id: string
  at: number
  metric: string | null
  rule: string
  value: number | null
}

/** One record of the black box; each kind tells all that was known of its matter at that moment. */
export type BoxRecord =
  | { sample: Sample }
  | { app: AppNote }
  | { rules: RuleNote[] }
  | { capture: CapturingDump | null }
  | { dump: DumpNote }
  | { oomKills: number }

/** A run as its files tell it. */
export interface Run {
  name: string
  info: RunInfo
  /** Epoch milliseconds at which something was last written. */
  writtenAt: number
  samples: Sample[]
  app: AppNote | null
  rules: RuleNote[]
  capture: CapturingDump | null
  dump: DumpNote | null
  oomKills: number | null
  error: LastError | null
  exit: LastExit | null
  abort: Abort | null
}

/** The report of the app thread about itself, every second or so. */
export interface AppNote {
  /** Epoch milliseconds. */
  at: number
  /** The signals that would end the process and that somebody listens to. */
  handledSignals: string[]
  table: InFlightTable
}
