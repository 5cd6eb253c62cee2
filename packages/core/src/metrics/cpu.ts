/** CPU time of the whole process so far, all threads, in milliseconds. */
export function readCpuTime(readCpu: () => { user: number; system: number }): number | null {
  try {
    const { user, system } = readCpu()
    return (user + system) / 1000
  } catch {
    return null
  }
}

/**
 * `cpu`: CPU time since the previous reading, percent of `cores`; above 100 when several threads are busy.
 * `null` for the first reading.
 */
export function createCpuReader(cores: number): (now: number, cpuTime: number | null) => number | null {
  let last: { now: number; cpuTime: number } | undefined
  let value: number | null = null
  return (now, cpuTime) => {
    if (cpuTime === null) {
      last = undefined
      return null
    }
    // Two readings at the same moment have no rate.
    if (last && now - last.now < 1) return value
    value = last ? (Math.max(0, cpuTime - last.cpuTime) / (now - last.now) / cores) * 100 : null
    last = { now, cpuTime }
    return value
  }
}
