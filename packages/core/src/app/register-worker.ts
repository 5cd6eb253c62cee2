import * as threads from 'node:worker_threads'
import { invalid } from '../lib/errors.js'
import { type WorkersMessage, workersChannel } from '../link/workers-channel.js'

const longestName = 64

let registered: { name: string } | undefined

/**
 * Lets autodump take CPU profiles of this worker thread: by hand (`trigger` with `worker`), and when the CPU is busy but
 * not the main thread. To be called in the worker thread; it costs nothing until a profile is taken, and keeps nothing
 * alive. Does nothing in the main thread. A second call changes the name.
 *
 * @param name the name in dumps, 1 to 64 characters; threads that do the same work may share one.
 * @default the `name` that the thread was made with, where Node tells it, else `worker-<threadId>`
 * @throws AutodumpError `INVALID` for a name that is none
 */
export function registerWorker(name?: string): void {
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '' || name.length > longestName))
    throw invalid('worker', [{ field: 'name', message: `must be a string of 1 to ${longestName} characters` }])
  if (threads.isMainThread) return
  const { threadName } = threads as { threadName?: string | null }
  const known = name ?? (threadName || `worker-${threads.threadId}`)
  const isFirst = registered === undefined
  registered = { name: known.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, longestName) }
  announce(isFirst)
}

let channel: threads.BroadcastChannel | undefined

function announce(isFirst: boolean): void {
  channel ??= new threads.BroadcastChannel(workersChannel)
  const tell = () =>
    channel?.postMessage({ threadId: threads.threadId, name: registered?.name ?? '' } satisfies WorkersMessage)
  if (isFirst) {
    // A monitor that starts later asks.
    channel.onmessage = event => {
      if ((event as { data?: unknown }).data && 'whoIsThere' in Object((event as { data: unknown }).data)) tell()
    }
    ;(channel as unknown as { unref(): void }).unref()
  }
  tell()
}
