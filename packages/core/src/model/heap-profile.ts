/** The input of the analysis from each of the two profiles. */
export interface HeapEvidence {
  profile: HeapProfile
  /** Epoch milliseconds. */
  at: number
  /** Bytes between two samples, on average; `null` where another tool set it. */
  sampleInterval: number | null
  /** `null` where the process could not say. */
  usage: MemoryUsage | null
  /** The last profile of the dump before, if there was one: what it grew from where this dump has one profile only. */
  previous: Pick<HeapEvidence, 'profile' | 'at'> | null
}

/** `process.memoryUsage()`, and the limit of the JavaScript heap; all in bytes. */
export interface MemoryUsage extends NodeJS.MemoryUsage {
  heapLimit: number
}

/** A sampling heap profile of V8 (`.heapprofile`); lines are 0-based, sizes in bytes. */
export interface HeapProfile {
  head: HeapProfileNode
  /** The sampled objects that are alive. */
  samples?: { size: number; nodeId: number; ordinal: number }[]
}

interface HeapProfileNode {
  callFrame: { functionName: string; scriptId: string; url: string; lineNumber: number; columnNumber: number }
  /** V8's estimate of what all objects allocated here and still alive occupy. */
  selfSize: number
  /** Absent in profiles of v8-profiler-next, which have no `samples` either. */
  id?: number
  children: HeapProfileNode[]
}
