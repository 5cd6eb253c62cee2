import { readFileSync } from 'node:fs'

/** Milliseconds since a thread began. */
export interface ThreadTimes {
  /** It was on a CPU. */
  ran: number
  /** It was ready, and waited for a CPU. */
  waited: number
}

type Read = (path: string) => string

const readText: Read = path => readFileSync(path, 'latin1')

/** The main thread has the id of the process. */
export const mainThread = `self/task/${process.pid}`

/** The thread that reads. */
export const ownThread = 'thread-self'

/** Whether a thread runs or waits for a CPU, rather than for anything else; `false` if unknown. */
export function isReady(thread: string, read: Read = readText): boolean {
  try {
    // proc(5): the state follows the name, which is in parentheses and may contain some.
    const stat = read(`/proc/${thread}/stat`)
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'R'
  } catch {
    return false
  }
}

/**
 * The times of a thread; `null` if unknown, which is everywhere but on Linux. `/proc` waits for no disk, and the thread
 * need not run.
 */
export function readThreadTimes(thread: string, read: Read = readText): ThreadTimes | null {
  try {
    // proc(5): both in nanoseconds. `stat` beside it counts in ticks of 10 ms.
    const [ran = 0, waited = 0] = read(`/proc/${thread}/schedstat`).split(' ').map(Number)
    return Number.isFinite(ran) && Number.isFinite(waited) && ran > 0 ? { ran: ran / 1e6, waited: waited / 1e6 } : null
  } catch {
    return null
  }
}
