/** A deadline that the work itself may put off. */
export interface Deadline {
  /** Resolves as `work` does. Rejects with `Late` if the time runs out first. */
  within<T>(work: Promise<T>): Promise<T>
  /** Puts the deadline off by this many milliseconds. */
  putOff(ms: number): void
  /** Resolves as `work` does, and does not count the time until then. */
  uncounted<T>(work: Promise<T>): Promise<T>
  /** Whether the deadline is paused. */
  isPaused(): boolean
}

/** The deadline has passed. */
export class Late extends Error {}

/**
 * @param ms from now on
 * @param waitsFor the missing reply, for the message
 */
export function createDeadline(ms: number, waitsFor: () => string | null): Deadline {
  let patience = ms
  let uncounted = 0
  let pauses = 0
  let pausedAt = 0
  let lookAgain = () => {}
  const since = performance.now()
  return {
    putOff(more) {
      patience += more
    },
    isPaused: () => pauses > 0,
    async uncounted(work) {
      if (pauses === 0) pausedAt = performance.now()
      pauses += 1
      try {
        return await work
      } finally {
        pauses -= 1
        if (pauses === 0) {
          uncounted += performance.now() - pausedAt
          lookAgain()
        }
      }
    },
    async within(work) {
      let timer: NodeJS.Timeout | undefined
      const over = new Promise<never>((_, reject) => {
        lookAgain = () => {
          clearTimeout(timer)
          if (pauses > 0) return
          const left = since + patience + uncounted - performance.now()
          if (left > 0) {
            timer = setTimeout(lookAgain, left).unref()
            return
          }
          const what = waitsFor()
          const limit = `within ${Math.round(patience)} ms`
          reject(new Late(what === null ? `not done ${limit}` : `no ${what} ${limit}`))
        }
        lookAgain()
      })
      try {
        return await Promise.race([work, over])
      } finally {
        lookAgain = () => {}
        clearTimeout(timer)
      }
    },
  }
}
