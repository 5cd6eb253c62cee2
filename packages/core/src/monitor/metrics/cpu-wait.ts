import { readFileSync } from 'node:fs'
import { findGroups, type Group } from '../../lib/cgroup.js'
import type { CpuWait } from '../../model/sample.js'

type Read = (path: string) => string | null

const readText: Read = path => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return null
  }
}

/** The control groups are looked up again after this many readings. */
const lookUpEvery = 60

interface Sums {
  at: number
  waited: number
  throttled: number
  pressure: number | null
}

/**
 * The time that the main thread has waited for a CPU since the last reading, and why: throttled by the quota of a
 * control group, or because the machine is busy. `null` at the first reading, if nothing waited, and anywhere but on
 * Linux.
 *
 * @param now monotonic milliseconds
 */
export function createCpuWaitReader(root = '/', read: Read = readText, pid = process.pid) {
  let groups: Group[] = []
  let readings = 0
  let last: Sums | null = null

  return (now: number): CpuWait | null => {
    if (readings++ % lookUpEvery === 0) groups = findGroups('cpu', root)
    // proc(5): time on the CPU, and time when the thread was ready but did not run, both in nanoseconds.
    const waited = Number(read(`/proc/self/task/${pid}/schedstat`)?.split(' ')[1] ?? Number.NaN) / 1e6
    const before = last
    if (Number.isNaN(waited)) {
      last = null
      return null
    }
    const throttled = Math.max(0, ...groups.map(group => throttledIn(group, read)))
    const current: Sums = { at: now, waited, throttled, pressure: pressureIn(read('/proc/pressure/cpu')) }
    last = current
    if (!before || now <= before.at) return null
    const elapsed = now - before.at
    const since = (sum: number, earlier: number) => Math.round(Math.min(elapsed, Math.max(0, sum - earlier)))
    const wait: CpuWait = {
      // The kernel counts throttled time as waiting; on all CPUs together it may be more.
      waited: since(current.waited, before.waited),
      throttled: since(current.throttled, before.throttled),
    }
    if (current.pressure !== null && before.pressure !== null)
      wait.pressure = Math.round((since(current.pressure, before.pressure) / elapsed) * 100)
    return wait.waited > 0 || wait.throttled > 0 ? wait : null
  }
}

/** Milliseconds for which the group was throttled so far. */
function throttledIn({ directory, version }: Group, read: Read): number {
  const stat = read(`${directory}/cpu.stat`) ?? ''
  const [, microseconds] = /^throttled_usec (\d+)$/m.exec(stat) ?? []
  const [, nanoseconds] = /^throttled_time (\d+)$/m.exec(stat) ?? []
  return version === 'v2' ? Number(microseconds ?? 0) / 1e3 : Number(nanoseconds ?? 0) / 1e6
}

/** Pressure stall information: milliseconds for which some task of the machine waited for a CPU. */
function pressureIn(text: string | null): number | null {
  const [, total] = /^some .*total=(\d+)/m.exec(text ?? '') ?? []
  return total === undefined ? null : Number(total) / 1e3
}
