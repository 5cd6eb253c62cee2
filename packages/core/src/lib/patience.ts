/** Keeps the process alive until the returned function is called. An unref'd thread does not keep it alive. */
export function keepAlive(): () => void {
  const timer = setInterval(() => {}, 2 ** 30)
  return () => clearInterval(timer)
}

/** The result of `orLate` when the time is over. */
export const late = Symbol('late')

/**
 * The result of `work`, or `late` if it takes longer than `ms`. The work goes on then.
 *
 * @param ref whether the process stays alive meanwhile
 */
export async function orLate<T>(ms: number, work: Promise<T>, ref = false): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined
  const timeIsOver = new Promise<typeof late>(resolve => {
    timer = setTimeout(resolve, ms, late)
    if (!ref) timer.unref()
  })
  return Promise.race([work, timeIsOver]).finally(() => clearTimeout(timer))
}

/** The result of `work`, or a rejection with `message` if it takes longer than `ms`. */
export async function within<T>(
  ms: number,
  work: Promise<T>,
  message = `not done within ${ms} ms`,
  ref = true,
): Promise<T> {
  const result = await orLate(ms, work, ref)
  if (result === late) throw new Error(message)
  return result
}
