import type { Readable } from 'node:stream'
import type { ObjectStore } from '../../object-store/object-store.js'

/**
 * The same store, but a call rejects as soon as its signal is aborted, also where the store takes no notice: a hung mount,
 * a store of the user's own. No call begins after that.
 */
export function abortable(store: ObjectStore): ObjectStore {
  return {
    place: store.place,
    urlOf: key => store.urlOf(key),
    close: () => store.close(),
    put: (key, source, options) => orAborted(options?.signal, () => store.put(key, source, options)),
    get: (key, options) =>
      orAborted(options?.signal, () => store.get(key, options)).then(stream => ended(stream, options?.signal)),
    head: (key, signal) => orAborted(signal, () => store.head(key, signal)),
    list: options => orAborted(options.signal, () => store.list(options)),
    folders: (prefix, signal) => orAborted(signal, () => store.folders(prefix, signal)),
    remove: (key, signal) => orAborted(signal, () => store.remove(key, signal)),
    orphans: (prefix, signal) => orAborted(signal, () => store.orphans(prefix, signal)),
    removeOrphan: (orphan, signal) => orAborted(signal, () => store.removeOrphan(orphan, signal)),
  }
}

async function orAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (!signal) return work()
  signal.throwIfAborted()
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work(), aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Reading ends with the signal too. */
function ended(stream: Readable, signal: AbortSignal | undefined): Readable {
  if (!signal) return stream
  const stop = () => stream.destroy(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  stream.once('close', () => signal.removeEventListener('abort', stop))
  return stream
}
