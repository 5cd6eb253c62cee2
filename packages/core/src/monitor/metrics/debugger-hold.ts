import type { Block } from '../../link/block.js'
import type { Stop } from './awake.js'
import { readCpuTime } from './cpu.js'
import { isReady, mainThread, readThreadTimes } from './cpu-threads.js'

/** An answer of the app thread while its event loop does not turn. Times in milliseconds. */
export interface Answer {
  /** Monotonic. */
  at: number
  /** The last heartbeat of the app thread, monotonic. */
  heartbeat: number
  /** For how long the app thread (at worst the process) has used or wanted a CPU so far; `null` if unknown. */
  busy: number | null
  /** Whether it was ready to run then. @default false */
  isReady?: boolean
}

/** Two answers that are nearer than this prove nothing. */
const proves = 40

/** A thread that is held uses less than this part of the time, the answers themselves included. */
const idleShare = 0.2

/**
 * Milliseconds without a heartbeat after which a block counts as one that answers nothing: it is in a native call.
 */
const undecidedFor = 1500

export interface HoldFinder {
  /** The time in which a debugger has held the app thread, since the last answer; `null` if it does not. */
  answered(answer: Answer): Stop | null
  /** The block since that heartbeat is known to be none of a debugger's doing. */
  isBlock(heartbeat: number): void
  /** Whether the block since that heartbeat may still turn out to be a breakpoint. */
  isUndecided(now: number, heartbeat: number): boolean
}

/**
 * A thread at a breakpoint does not come back to its event loop, yet answers the inspector, and sleeps between the answers.
 * Code that blocks answers as well and burns CPU; a native call that sleeps answers nothing, but for `Atomics.wait`, which
 * looks like one: the stack tells. So a breakpoint is known without a word to the debugger.
 */
export function createHoldFinder(): HoldFinder {
  let last: Answer | undefined
  let decided = Number.NaN
  return {
    answered(answer) {
      const before = last?.heartbeat === answer.heartbeat ? last : undefined
      if (!before) {
        last = answer
        return null
      }
      const passed = answer.at - before.at
      if (passed < proves) return null
      const used = answer.busy === null || before.busy === null ? null : answer.busy - before.busy
      const isIdle = used !== null && used < idleShare * passed
      // It waits for a CPU, which the kernel counts only when it has got one.
      if (isIdle && answer.isReady) return null
      last = answer
      const isFirst = decided !== answer.heartbeat
      decided = answer.heartbeat
      if (!isIdle) return null
      // The heartbeat was missing before the first answer could come.
      return { from: isFirst ? answer.heartbeat : before.at, to: answer.at }
    },
    isBlock(heartbeat) {
      decided = heartbeat
    },
    isUndecided: (now, heartbeat) => decided !== heartbeat && now - heartbeat < undecidedFor,
  }
}

/** The same of this process, as the answers come. @param onHold called with the time in which a debugger held the app thread */
export function createHoldWatch(block: Pick<Block, 'get'>, onHold: (stop: Stop) => void) {
  const holds = createHoldFinder()
  return {
    /** @param at monotonic milliseconds */
    answered(at: number, isAsleep: boolean): void {
      if (isAsleep) return holds.isBlock(block.get('heartbeat'))
      const times = readThreadTimes(mainThread)
      const busy = times ? times.ran + times.waited : readCpuTime(() => process.cpuUsage())
      const stop = holds.answered({ at, heartbeat: block.get('heartbeat'), busy, isReady: isReady(mainThread) })
      if (stop) onHold(stop)
    },
    isUndecided: (now: number): boolean => holds.isUndecided(now, block.get('heartbeat')),
  }
}
