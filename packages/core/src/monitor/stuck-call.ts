import { readFileSync } from 'node:fs'
import { readNativeCall } from './captures/native-call.js'

/** What the main thread stands in, and for how many milliseconds at least. */
export interface StuckCall {
  call: string
  ms: number
}

/** The system call that a thread is in, with its arguments, and for how long it has been on a CPU, in milliseconds. */
interface Look {
  syscall: string
  ranMs: number
}

/** Of the time between two looks: the ticks of a profiler interrupt a call, and it goes on. Somebody who computes has more. */
const idleShare = 0.05

/**
 * Watches whether the main thread is in a system call that does not return: in the same one as at the look before, and
 * it has hardly run since.
 *
 * @param read `null` where that cannot be told
 * @param name the system call that it is in, in words; `null` where that is none in which programs hang
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
    return null // Another system than Linux, or a sandbox that does not show it.
  }
}
