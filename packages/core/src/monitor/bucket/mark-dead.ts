import { text } from 'node:stream/consumers'
import { indexPrefix, parseIndexKey } from '../../object-store/keys.js'
import { type ObjectStore, sourceOf } from '../../object-store/object-store.js'

/** Milliseconds without a word of a process that captures: it sends something every few seconds until it is done. */
const silence = 15 * 60_000

/** The newest entries of the index that are read: one request each, once for a start. */
const most = 100

export interface DeadParts {
  store: ObjectStore
  prefix: string
  service: string
  /** Dumps that this process knows of. */
  isOurs(id: string): boolean
  /** Requests an hour, of which this may take a tenth. */
  requestsPerHour?: number | undefined
  wallClock(): number
  signal?: AbortSignal
}

/**
 * Finds first manifests of processes that died together with their disk, so that no process will complete them, and marks
 * them `partial`. Resolves with their ids.
 */
export async function markDead(parts: DeadParts): Promise<string[]> {
  const { store, prefix, service, isOurs, requestsPerHour = Number.POSITIVE_INFINITY, wallClock, signal } = parts
  const options = signal ? { signal } : {}
  const { objects } = await store.list({
    prefix: indexPrefix(prefix, service),
    limit: Math.min(most, Math.ceil(requestsPerHour / 10)),
    ...options,
  })
  const dead = []
  for (const { key, modifiedAt } of objects) {
    const id = parseIndexKey(prefix, key)?.id
    if (id === undefined || isOurs(id) || wallClock() - modifiedAt < silence) continue
    const entry = parsed(await text(await store.get(key, options)))
    if (entry?.state !== 'capturing') continue
    await store.put(key, sourceOf(`${JSON.stringify({ ...entry, state: 'partial' })}\n`), {
      ...options,
      contentType: 'application/json',
    })
    dead.push(id)
  }
  return dead
}

/** Looks once, later, and returns a function that ends it. */
export function markDeadLater(ms: number, parts: Omit<DeadParts, 'signal'>): () => void {
  const stopping = new AbortController()
  const timer = setTimeout(() => {
    // A key that may only write cannot look, and a store that is down is told of by the uploads.
    markDead({ ...parts, signal: stopping.signal }).catch(() => {})
  }, ms)
  timer.unref()
  return () => {
    clearTimeout(timer)
    stopping.abort(new Error('the monitor is being stopped'))
  }
}

/** `undefined` if somebody else has written there. */
function parsed(json: string): { state?: unknown } | undefined {
  try {
    return Object(JSON.parse(json))
  } catch {
    return undefined
  }
}
