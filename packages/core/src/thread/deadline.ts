/** The end of patience, which whoever works may put off. */
export interface Deadline {
  /** Resolves as `work` does. Rejects when the time is over before that. */
  within<T>(work: Promise<T>): Promise<T>
  /** Gives it so many milliseconds more. */
  putOff(ms: number): void
}

/**
 * @param ms from now on
 * @param waitsFor what is missing, for the message
 */
export function createDeadline(ms: number, waitsFor: () => string | null): Deadline {
  let patience = ms
  const since = performance.now()
  return {
    putOff(more) {
      patience += more
    },
    async within(work) {
      let timer: NodeJS.Timeout | undefined
      const over = new Promise<never>((_, reject) => {
        const look = () => {
          const left = since + patience - performance.now()
          if (left > 0) {
            timer = setTimeout(look, left).unref()
            return
          }
          const what = waitsFor()
          reject(new Error(what ? `no ${what} within ${patience} ms` : `not done within ${patience} ms`))
        }
        look()
      })
      try {
        return await Promise.race([work, over])
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
