/** A promise that rejects when it is told to, also where nobody listens. */
export function createRejection(): { promise: Promise<never>; reject(error: Error): void } {
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse
  })
  promise.catch(() => {})
  return { promise, reject }
}
