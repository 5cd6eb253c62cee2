/** CPU time of the whole process so far, all threads, in milliseconds. */
export function readCpuTime(readCpu: () => { user: number; system: number }): number | null {
  try {
    const { user, system } = readCpu()
    return (user + system) / 1000
  } catch {
    return null
  }
}

/** Milliseconds. A CPU rate over less time says more about a single call than about the load. */
const shortestWindow = 1000

/** The number of samples in one reading of `cpu`, taken every `interval` milliseconds. */
export function cpuWindow(interval: number): number {
  return Math.ceil(shortestWindow / interval)
}

/**
 * `cpu`: CPU time since the reading `window` readings ago, percent of `cores`; above 100 when several threads are busy.
 * `null` until there are that many readings.
 */
export function createCpuReader(cores: number, window: number): (now: number, cpuTime: number | null) => number | null {
  // Counted, not timed: a timer that is early by a millisecond must not make the window twice as long.
  let readings: { now: number; cpuTime: number }[] = []
  let value: number | null = null
  return (now, cpuTime) => {
    if (cpuTime === null) {
      readings = []
      return null
    }
    const last = readings.at(-1)
    // Two readings at the same moment have no rate.
    if (last && now - last.now < 1) return value
    const first = readings.length === window ? readings.shift() : undefined
    value = first ? (Math.max(0, cpuTime - first.cpuTime) / (now - first.now) / cores) * 100 : null
    readings.push({ now, cpuTime })
    return value
  }
}
