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

/** Delays uploads so that they keep within the limits. All stores of a process share one pace. */
export function createPace({ bytesPerSecond, requestsPerHour }: UploadLimits, { now, wait }: LimitClock) {
  /** Times of the requests within the last hour, oldest first. */
  let requests: number[] = []
  /** The time at which the sent bytes are within the rate. */
  let free = 0

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
    of(store: ObjectStore): ObjectStore {
      const put = async (key: string, source: ObjectSource, options: PutOptions = {}): Promise<void> => {
        const paced: ObjectSource = {
          ...source,
          async read(into, position) {
            // Each read is one request: the object, or a part of it.
            await request(options.signal)
            await bytes(into.length, options.signal)
            await source.read(into, position)
          },
        }
        await store.put(key, paced, options)
      }
      return bytesPerSecond === undefined && requestsPerHour === undefined ? store : { ...store, put }
    },
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
