import { readFileSync } from 'node:fs'

/**
 * CPU time of the process's main thread so far, in milliseconds; `null` if unknown, which is everywhere but on Linux.
 * There the thread id of the main thread is the pid. `/proc` waits for no disk, and the thread need not run.
 */
export function readMainThreadCpu(
  read: (path: string) => string = path => readFileSync(path, 'latin1'),
): number | null {
  try {
    // proc(5): the time on the CPU in nanoseconds. `stat` beside it counts in ticks of 10 ms.
    const nanoseconds = Number(read(`/proc/self/task/${process.pid}/schedstat`).split(' ', 1)[0])
    return Number.isFinite(nanoseconds) && nanoseconds > 0 ? nanoseconds / 1e6 : null
  } catch {
    return null
  }
}
