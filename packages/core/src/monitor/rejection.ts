/** A promise with an external reject function; a rejection without listeners is fine. */
export function createRejection(): { promise: Promise<never>; reject(error: Error): void } {
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse
  })
  promise.catch(() => {})
  return { promise, reject }
}
