import { type OpenBucket, servicesPrefix } from '@autodump/core/object-store'

/** Milliseconds between two questions to the store, and for an answer of it. */
const pause = 2000
const patience = 10_000

/**
 * Whether the server has ever been able to list its bucket. Once it has, it is ready for good: while the store is down,
 * its page says so in words, and nobody would see the page of a pod without traffic.
 *
 * @param onProblem gets why not, once for each reason
 */
export function createReadiness({ store, prefix }: OpenBucket, onProblem: (text: string) => void) {
  let isReady = false
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined
  let told = ''
  const leaving = new AbortController()

  async function look(): Promise<void> {
    askedAt = performance.now()
    try {
      const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(patience)])
      await store.folders(servicesPrefix(prefix), signal)
      isReady = true
    } catch (error) {
      const text = `not ready, since the bucket cannot be listed: ${(error as Error).message}`
      if (text !== told && !leaving.signal.aborted) onProblem(text)
      told = text
    }
  }

  return {
    /** Asks the store, but not more often than every two seconds. Never rejects. */
    async isReady(): Promise<boolean> {
      if (isReady) return true
      if (!asking && performance.now() - askedAt >= pause) {
        asking = look().finally(() => {
          asking = undefined
        })
      }
      await asking
      return isReady
    },
    close: () => leaving.abort(),
  }
}
