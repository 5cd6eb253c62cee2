/** An engine that runs on the thread that it profiles. Misuse may crash the process: `app-hooks.ts` guards it. */
export interface AppEngine {
  engine: 'v8-profiler-next' | 'node:v8' | 'node:inspector'
  /** Starts a profile and returns how to end it, which is to be called exactly once and gives the profile as JSON. */
  start(sampleInterval: number): () => string
  /**
   * Whether this thread is in the middle of a start or an end, of whatever monitor: only an interrupt of the monitor thread
   * can come to ask then, and it has to come again. @default never
   */
  isBusy?(): boolean
}

/** A CPU profile as Chrome DevTools reads it: 0-based `lineNumber` and `columnNumber`, times in microseconds. */
export interface CpuProfile {
  nodes: CpuProfileNode[]
  startTime: number
  endTime: number
  samples: number[]
  timeDeltas: number[]
}

export interface CpuProfileNode {
  id: number
  callFrame: CallFrame
  hitCount?: number
  children?: number[]
  positionTicks?: { line: number; ticks: number }[]
}

/** Where a function begins. */
export interface CallFrame {
  functionName: string
  scriptId: string
  url: string
  lineNumber: number
  columnNumber: number
}

/** `inspector`: the monitor thread's own link to the app thread. */
export type ProfilerEngine = AppEngine['engine'] | 'inspector'

/** Whether all profiles of an engine have the rate of the first one that runs. */
export const sharesRate = (engine: ProfilerEngine): boolean =>
  engine === 'v8-profiler-next' || engine === 'node:inspector'

/** The part of a worker thread's profile that the analysis reads. */
export interface WorkerProfile {
  /** As the manifest names it, e.g. `worker 3 (resize)`. */
  thread: string
  profile: CpuProfile
}
