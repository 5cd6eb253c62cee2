/** For how long the app thread could not run although it was ready, since the sample before; on Linux. */
export interface CpuWait {
  /** Milliseconds, those in which it was throttled included. */
  waited: number
  /** Milliseconds in which the quota of a control group held up its processes. */
  throttled: number
  /** Percent of the time in which something on the machine waited for a CPU, where the kernel counts that (PSI). */
  pressure?: number
}

/** One reading of every metric. `null`: there is no reading (yet, or on this platform). */
export interface Sample {
  /** Epoch milliseconds. */
  at: number
  values: Record<string, number | null>
  /** Milliseconds for which the app thread had not come back to its event loop when the sample was taken. */
  blockedFor?: number
  /**
   * `cpu` split into the main thread and all others: worker threads, the thread pool, and V8's `helpers` (garbage collection,
   * compilation). In the same unit; on Linux only, and not where the app itself runs in a worker thread.
   */
  cpuThreads?: { main: number; others: number; helpers?: number }
  /** Left out where it waited for nothing. */
  cpuWait?: CpuWait
  /**
   * Milliseconds since the sample before in which the app thread could not run: the whole process stood still, or a
   * debugger held it. The values leave them out.
   */
  stopped?: number
  /** The program is still starting: it has neither listened nor come to rest. Most rules do not judge it yet. */
  starting?: true
  /** The sample lies within a capture (or right after it), so it is kept out of the history. */
  capturing?: boolean
  /** Milliseconds since the sample before, where samples are missing in between. */
  gap?: number
}

/** A sample that comes later than so many intervals after the one before leaves a gap. */
const late = 1.5

type Moment = Pick<Sample, 'at'>

/** How long the gap between two samples is, in milliseconds; `undefined` where there is none. */
export function gapBefore(sample: Moment, previous: Moment | undefined, interval: number): number | undefined {
  const since = previous ? sample.at - previous.at : 0
  return since > late * interval ? since : undefined
}
