/** Keeps the process alive until released: for somebody who awaits us, which an unref'd thread would not do. */
export function keepAlive(): () => void {
  const timer = setInterval(() => {}, 2 ** 30)
  return () => clearInterval(timer)
}

/**
 * The work, or a rejection when it takes longer than that.
 *
 * @param ref whether the process lives as long
 */
export async function within<T>(
  ms: number,
  work: Promise<T>,
  late = `not done within ${ms} ms`,
  ref = true,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(late)), ms)
    if (!ref) timer.unref()
  })
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer))
}
