import { scriptUrl } from '../../lib/script-url.js'
import type { InterruptedFrame } from '../../link/replies.js'

/** Deeper stacks are cut; the innermost frames are the ones that count. */
const maxFrames = 100

/** Longest text that may stand between the beginning of a function and its parameters: `async function* `. */
const longestHeader = 16

/**
 * The interrupted stack, the innermost function first, without `hook` and its callees. It runs in the middle of the
 * app's code, so it restores the properties of `Error` at once.
 */
export function interruptedStack(hook: (...args: never[]) => unknown): InterruptedFrame[] {
  const { prepareStackTrace, stackTraceLimit } = Error
  try {
    Error.stackTraceLimit = maxFrames
    Error.prepareStackTrace = (_error, sites) => sites
    const holder: { stack?: NodeJS.CallSite[] } = {}
    Error.captureStackTrace(holder, hook)
    return (holder.stack ?? []).map(toFrame).filter(frame => frame !== null)
  } finally {
    Error.prepareStackTrace = prepareStackTrace
    Error.stackTraceLimit = stackTraceLimit
  }
}

interface FullCallSite extends NodeJS.CallSite {
  isAsync(): boolean
  getEnclosingLineNumber(): number
  getEnclosingColumnNumber(): number
}

/** `null` for builtins, for the call from outside, and for async functions that only wait for the running one. */
function toFrame(site: NodeJS.CallSite): InterruptedFrame | null {
  const full = site as FullCallSite
  const url = scriptUrl(site.getScriptNameOrSourceURL() ?? '')
  if (!url || full.isAsync()) return null
  const name = site.getFunctionName() ?? ''
  const line = full.getEnclosingLineNumber()
  const column = full.getEnclosingColumnNumber()
  const runningLine = site.getLineNumber() ?? line
  const offset = (site.getColumnNumber() ?? 0) - column
  const atEntry = runningLine === line && offset >= 0 && offset <= name.length + longestHeader
  return [name, url, line, column, runningLine, atEntry]
}
