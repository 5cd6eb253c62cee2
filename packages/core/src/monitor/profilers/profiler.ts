import type { AppLink } from '../../link/app-link.js'
import type { CpuProfile, ProfilerEngine } from '../../model/cpu-profile.js'

export interface ProfilerOptions {
  /** Microseconds between samples. */
  sampleInterval: number
}

/** An engine that profiles the CPU of the app thread. */
export interface Profiler {
  /** As the manifest and `status` name it. */
  engine: ProfilerEngine
  start(link: AppLink, options: ProfilerOptions): Promise<RunningProfile>
}

export interface RunningProfile {
  /** Ends it and returns the normalised profile. Call it exactly once, also to throw the profile away. */
  stop(): Promise<FinishedProfile>
}

export interface FinishedProfile {
  profile: CpuProfile
  /** How long the app thread stood still for the start and the stop together, in milliseconds. */
  pauseMs: number
}
