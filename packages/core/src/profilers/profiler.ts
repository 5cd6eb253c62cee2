import type { AppLink } from './app-link.js'

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

export interface ProfilerOptions {
  /** Microseconds between samples. */
  sampleInterval: number
}

export type ProfilerEngine = 'v8-profiler-next' | 'node:v8' | 'inspector'

/** An engine that profiles the CPU of the app thread. */
export interface Profiler {
  /** As the manifest and `status` name it. */
  engine: ProfilerEngine
  start(link: AppLink, options: ProfilerOptions): Promise<RunningProfile>
}

export interface RunningProfile {
  /** Ends it and returns the normalised profile. To be called exactly once, also to throw the profile away. */
  stop(): Promise<FinishedProfile>
}

export interface FinishedProfile {
  profile: CpuProfile
  /** How long the app thread stood still for the start and the stop together, in milliseconds. */
  pauseMs: number
}
