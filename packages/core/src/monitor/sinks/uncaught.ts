import { ownDirectory } from '../../lib/installed-package.js'

/**
 * Keeps the thread alive when a sink fails outside of any call: an unhandled rejection, or an `error` event without
 * listeners. An error of our own still ends the thread, which is then started again.
 */
export function containUncaught(contain: (error: unknown, stack: string) => void): () => void {
  const release = () => void process.off('uncaughtException', onUncaught)

  function onUncaught(error: unknown): void {
    const stack = stackOf(error)
    if (!isOwn(stack)) return contain(error, stack)
    release()
    setImmediate(() => {
      throw error
    })
  }

  process.on('uncaughtException', onUncaught)
  return release
}

function stackOf(error: unknown): string {
  try {
    return String((Object(error) as { stack?: unknown }).stack ?? '')
  } catch {
    return ''
  }
}

/** The file of this function, which has no package around it in an app's bundle. */
const here = fileOf(stackOf(new Error()))

/** Whether the function that threw is ours: we call the sinks, and they may be in the same directory. */
function isOwn(stack: string): boolean {
  const file = fileOf(stack)
  if (file === undefined) return false
  return file === here || (ownDirectory !== null && file.includes(ownDirectory))
}

/** The file of the first function in the stack that is not Node's. */
function fileOf(stack: string): string | undefined {
  const places = stack.split('\n').map(line => /^\s+at (?:.*\()?(.+?):\d+:\d+\)?$/.exec(line)?.[1])
  return places.find(place => place !== undefined && !place.startsWith('node:'))
}
