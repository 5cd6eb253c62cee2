import { redactError } from '../../lib/redaction/text.js'
import { runtimeOf } from '../../lib/runtime/runtime.js'

/** As it is by now: Node 20 sets the 13 of an unsettled top-level `await` only after the event has begun. */
export function lastCode(code: number): number {
  const last = Number(process.exitCode ?? code)
  return Number.isInteger(last) ? last : code
}

/** Enough to get from `process.exit()` to the app's own code. */
const exitFrames = 50

/**
 * The stack below `process.exit()`. `null`: there was no call, the process ends because nothing is left to do.
 * `undefined`: this runtime does not tell.
 */
export function callerOfExit(longest: number): string | null | undefined {
  if (runtimeOf() !== 'node') return undefined
  const at = { stack: '' }
  const { stackTraceLimit } = Error
  try {
    Reflect.set(Error, 'stackTraceLimit', exitFrames) // Frozen intrinsics refuse it.
    Error.captureStackTrace(at)
    const lines = String(at.stack).split('\n')
    const exit = lines.findLastIndex(line => /\bexit \(node:internal\/process\/per_thread/.test(line))
    return exit < 0 ? null : redactError(lines.slice(exit + 1).join('\n'), longest)
  } catch {
    return undefined // The app makes something else of stacks.
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
  }
}
