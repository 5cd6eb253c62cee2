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
  callFrame: { functionName: string; scriptId: string; url: string; lineNumber: number; columnNumber: number }
  hitCount?: number
  children?: number[]
  positionTicks?: { line: number; ticks: number }[]
}

export interface ProfilerOptions {
  /** Microseconds between samples. */
  sampleInterval: number
}

/** An engine that profiles the CPU of the app thread. */
export interface Profiler {
  /** As the manifest and `status` name it. */
  engine: 'v8-profiler-next' | 'node:v8' | 'inspector'
  start(link: AppLink, options: ProfilerOptions): Promise<RunningProfile>
}

export interface RunningProfile {
  /** Ends it and returns the normalised profile. To be called exactly once, also to throw the profile away. */
  stop(): Promise<CpuProfile>
}
