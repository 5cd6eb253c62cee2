import { readFileSync } from 'node:fs'
import { readNativeCall } from './captures/native-call.js'

/** The system call of the main thread, and for how many milliseconds at least it has lasted. */
export interface StuckCall {
  call: string
  ms: number
}

/** The current system call of a thread, with its arguments, and the thread's CPU time, in milliseconds. */
interface Look {
  syscall: string
  ranMs: number
}

/**
 * Share of the time between two looks: the ticks of a profiler interrupt a call, and it goes on. A computing thread
 * uses more.
 */
const idleShare = 0.05

/**
 * Watches whether the main thread is in a system call that does not return: it is in the same call as at the previous
 * look, and has hardly run since.
 *
 * @param read `null` if unknown
 * @param name the system call, in words; `null` if programs do not hang in it
 */
export function createStuckCall(
  clock: () => number,
  read: () => Look | null = readMainThread,
  name: () => string | null = readNativeCall,
): () => StuckCall | null {
  let last: (Look & { at: number }) | null = null
  let since = 0
  return () => {
    const at = clock()
    const before = last
    const look = read()
    last = look && { ...look, at }
    const stands =
      before && look?.syscall === before.syscall && look.ranMs - before.ranMs <= idleShare * (at - before.at)
    if (!stands) {
      since = at
      return null
    }
    const call = name()
    return call === null ? null : { call, ms: at - since }
  }
}

function readMainThread(): Look | null {
  const of = (file: string) => readFileSync(`/proc/self/task/${process.pid}/${file}`, 'latin1')
  try {
    const ranMs = Number.parseInt(of('schedstat'), 10) / 1e6
    return Number.isNaN(ranMs) ? null : { syscall: of('syscall'), ranMs }
  } catch {
    return null // Not Linux, or a sandbox that hides it.
  }
}
