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
