import type { CaptureContext } from './capture.js'

/** A reply that takes longer is worth a word in the status, in milliseconds: the app thread is in a native call. */
const noticeable = 250

/** Awaits the app thread's reply, and says what is waited for while it does not come. */
export async function awaitReply<T>(context: Pick<CaptureContext, 'pending'>, what: string, reply: Promise<T>) {
  let said = false
  const timer = setTimeout(() => {
    said = true
    context.pending(what)
  }, noticeable)
  try {
    return await reply
  } finally {
    clearTimeout(timer)
    if (said) context.pending(null)
  }
}

/** The result of `work`, or that it is late. `work` goes on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>(resolve => {
    timer = setTimeout(resolve, ms, 'late')
    timer.unref()
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
