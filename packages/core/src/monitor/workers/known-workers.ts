import { BroadcastChannel } from 'node:worker_threads'
import { redactError } from '../../lib/redaction/text.js'
import { type WorkersMessage, workersChannel } from '../../link/workers-channel.js'

export interface KnownWorkers {
  /** Names by `threadId`, of all registered threads; some may have ended since. */
  names(): ReadonlyMap<number, string>
  close(): void
}

/** More threads are never alive at once in a sane process; the oldest are forgotten. */
const maxKnown = 10_000

/**
 * Listens for worker threads that register. The inspector could list them too, but a thread that is terminated while it
 * answers forgets its termination, and goes on (`decisions/143`).
 */
export function listenForWorkers(): KnownWorkers {
  const known = new Map<number, string>()
  const channel = new BroadcastChannel(workersChannel)
  channel.onmessage = event => {
    const { threadId, name } = Object((event as { data: unknown }).data) as { threadId?: unknown; name?: unknown }
    if (typeof threadId !== 'number' || typeof name !== 'string') return
    known.set(threadId, redactError(name))
    if (known.size > maxKnown) known.delete(known.keys().next().value as number)
  }
  const { unref } = channel as unknown as { unref(): void }
  unref.call(channel)
  channel.postMessage({ whoIsThere: true } satisfies WorkersMessage)
  return { names: () => known, close: () => channel.close() }
}
