import { fileUrl } from '../../formats/normalise.js'
import type { AppLink } from '../../link/app-link.js'
import { fromJson } from '../../link/json.js'
import type { InterruptedFrame, StackFrame } from '../../link/replies.js'

/** The app thread's stack at a moment within a profile. */
export interface InterruptedStack {
  /** Microseconds, on the clock of the profile. */
  at: number
  /** The outermost function first. */
  frames: StackFrame[]
}

/** Milliseconds between two looks. One look takes the app thread 0.2 to 0.3 ms. */
const period = 20

/** Asks the app thread for its stack again and again, until `stop()`, which waits for nothing. */
export function watchStacks(link: AppLink): { stop(): InterruptedStack[] } {
  const samples: InterruptedStack[] = []
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  // The next look is planned after the answer to the last: in a native call there is none, and they must not pile up.
  const look = async () => {
    try {
      const { at, frames } = fromJson(await link.call('profiler.stack'))
      samples.push({ at, frames: ownTime(frames) })
      if (!stopped) timer = setTimeout(look, period)
    } catch {
      // The link is closed, or `Error` cannot be changed in this process: then the profile stays as it is.
    }
  }
  void look()

  return {
    stop() {
      stopped = true
      clearTimeout(timer)
      return samples
    },
  }
}

/**
 * V8 lets itself be interrupted at the entry of functions and in loops. So an interrupt at the very entry of a function
 * waited for its caller: for a `JSON.parse` before, say.
 */
function ownTime(frames: InterruptedFrame[]): StackFrame[] {
  const [innermost] = frames
  const counted = innermost?.[5] ? frames.slice(1) : frames
  return counted
    .map(([name, url, line, column, runningLine]) => ({
      name,
      url: fileUrl(url),
      line: line - 1,
      column: column - 1,
      runningLine,
    }))
    .reverse()
}
