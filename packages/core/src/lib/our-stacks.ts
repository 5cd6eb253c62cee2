import { scriptUrl } from './script-url.js'

/**
 * A function of a stack: its name, the URL, line and column where it waits or calls, and whether it is suspended there.
 */
export type RawFrame = [name: string, url: string, line: number, column: number, kind: 'sync' | 'async' | 'all']

/** V8 spells out a stack at its first read, and would call the application's `Error.prepareStackTrace` for it. */
export function withOurStacks<T>(work: () => T): T {
  const { prepareStackTrace } = Error
  try {
    Error.prepareStackTrace = (_error, sites) => sites.map(toFrame)
    return work()
  } finally {
    Error.prepareStackTrace = prepareStackTrace
  }
}

function toFrame(site: NodeJS.CallSite): RawFrame {
  const { isAsync, isPromiseAll } = site as NodeJS.CallSite & { isAsync(): boolean; isPromiseAll(): boolean }
  return [
    site.getFunctionName() ?? '',
    scriptUrl(site.getScriptNameOrSourceURL() ?? ''),
    site.getLineNumber() ?? 0,
    site.getColumnNumber() ?? 0,
    isPromiseAll.call(site) ? 'all' : isAsync.call(site) ? 'async' : 'sync',
  ]
}
