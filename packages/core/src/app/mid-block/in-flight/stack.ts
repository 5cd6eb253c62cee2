import { fileURLToPath } from 'node:url'
import { scriptUrl } from '../../../lib/script-url.js'

/** A call stack that is not formatted yet: the formatting is most of the cost, and few are ever read. */
export type Trace = { stack?: unknown }

/** Frames looked at: below the caller there may be a dozen of the HTTP client's and as many of the framework's. */
const deepest = 48

/** Frames in the table. */
const longest = 12

/** Frames between the application and the network, which explain nothing. */
const isUninteresting = (file: string): boolean =>
  file.startsWith('node:') || file.replaceAll('\\', '/').includes('/node_modules/undici/')

/** Notes the stack of the caller, await chain included. Takes some microseconds, and restores the application's settings. */
export function captureTrace(): Trace {
  const trace: Trace = {}
  const limit = Error.stackTraceLimit
  try {
    Error.stackTraceLimit = deepest
    Error.captureStackTrace(trace, captureTrace)
  } finally {
    Error.stackTraceLimit = limit
  }
  return trace
}

/**
 * `['async loadOrder (/app/orders.js:12:5)', …]`, the innermost first. The application's `Error.prepareStackTrace`, such
 * as one that reads source maps from disk, is not called.
 */
export function describeTrace(trace: Trace): string[] {
  const prepare = Error.prepareStackTrace
  try {
    Error.prepareStackTrace = (_error, frames) => theirs(frames).slice(0, longest).map(describeFrame)
    const { stack } = trace
    return Array.isArray(stack) ? stack : []
  } finally {
    Error.prepareStackTrace = prepare
  }
}

/** Without the frames above the channel, which are ours. */
function theirs(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const published = frames.findIndex(frame => frame.getFileName() === 'node:diagnostics_channel')
  return frames.slice(published + 1).filter(frame => {
    const file = frame.getFileName()
    return typeof file === 'string' && !isUninteresting(file)
  })
}

function describeFrame(frame: NodeJS.CallSite): string {
  const file = frame.getFileName() ?? ''
  const path = file.startsWith('file://') ? fileURLToPath(file) : scriptUrl(file)
  // `isAsync` is there since Node 12 and not in the types.
  const { isAsync } = frame as NodeJS.CallSite & { isAsync?(): boolean }
  const name = `${isAsync?.call(frame) ? 'async ' : ''}${frame.getFunctionName() ?? '(anonymous)'}`
  return `${name} (${path}:${frame.getLineNumber()}:${frame.getColumnNumber()})`
}
