import type { ObjectSource, ObjectStore, PutOptions } from '../../object-store/object-store.js'

const hour = 3600_000

export interface UploadLimits {
  /** On average: a part of up to 8 MiB goes out at once. */
  bytesPerSecond?: number | undefined
  requestsPerHour?: number | undefined
}

export interface LimitClock {
  /** Milliseconds that never go backwards. */
  now(): number
  /** Rejects with the reason of the signal. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

/** Delays requests and uploads so that they keep within the limits. All stores of a process share one pace. */
export function createPace({ bytesPerSecond, requestsPerHour }: UploadLimits, { now, wait }: LimitClock) {
  /** Times of the requests within the last hour, oldest first. */
  let requests: number[] = []
  /** The time at which the sent bytes are within the rate. */
  let free = 0

  /** Resolves when one more request is within the limit. */
  async function request(signal?: AbortSignal): Promise<void> {
    if (requestsPerHour === undefined) return
    for (;;) {
      requests = requests.filter(at => now() - at < hour)
      if (requests.length < requestsPerHour) break
      await wait((requests[0] as number) + hour - now(), signal)
    }
    requests.push(now())
  }

  async function bytes(count: number, signal?: AbortSignal): Promise<void> {
    if (bytesPerSecond === undefined) return
    const ms = free - now()
    if (ms > 0) await wait(ms, signal)
    free = Math.max(free, now()) + (count / bytesPerSecond) * 1000
  }

  return {
    request,
    /** The store with the limit of bytes. */
    of(store: ObjectStore): ObjectStore {
      if (bytesPerSecond === undefined) return store
      const read: Before = (count, signal) => bytes(count, signal)
      return { ...delegated(store), put: readingAfter(store, read) }
    },
    /** A store that cannot ask before each of its requests: each call counts as one, and each part that is read. */
    counted(store: ObjectStore): ObjectStore {
      if (requestsPerHour === undefined) return store
      return {
        ...delegated(store),
        put: readingAfter(store, (_count, signal) => request(signal)),
        get: (key, options) => request(options?.signal).then(() => store.get(key, options)),
        head: (key, signal) => request(signal).then(() => store.head(key, signal)),
        list: options => request(options.signal).then(() => store.list(options)),
        folders: (prefix, signal) => request(signal).then(() => store.folders(prefix, signal)),
        remove: (key, signal) => request(signal).then(() => store.remove(key, signal)),
        orphans: (prefix, signal) => request(signal).then(() => store.orphans(prefix, signal)),
        removeOrphan: (orphan, signal) => request(signal).then(() => store.removeOrphan(orphan, signal)),
      }
    },
  }
}

type Before = (bytes: number, signal?: AbortSignal) => Promise<void>

/** Each read is one request: the object, or a part of it. */
function readingAfter(store: ObjectStore, before: Before): ObjectStore['put'] {
  return (key: string, source: ObjectSource, options: PutOptions = {}) => {
    const read = async (into: Uint8Array, position: number) => {
      await before(into.length, options.signal)
      await source.read(into, position)
    }
    return store.put(key, { ...source, read }, options)
  }
}

/** The store of an app may be an object of a class. */
function delegated(store: ObjectStore): ObjectStore {
  const { place, presign } = store
  return {
    place,
    put: (...given) => store.put(...given),
    get: (...given) => store.get(...given),
    head: (...given) => store.head(...given),
    list: (...given) => store.list(...given),
    folders: (...given) => store.folders(...given),
    remove: (...given) => store.remove(...given),
    orphans: (...given) => store.orphans(...given),
    removeOrphan: (...given) => store.removeOrphan(...given),
    urlOf: (...given) => store.urlOf(...given),
    ...(presign && { presign: presign.bind(store) }),
    close: () => store.close(),
  }
}

/** A timer that keeps nothing alive. */
export function waitUnref(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    timer.unref()
    signal?.addEventListener('abort', stop, { once: true })
  })
}
