import type { CaptureContext } from './capture.js'

/** Milliseconds. The status shows a reply that takes longer: the app thread is in a native call. */
const noticeable = 250

/** Awaits the app thread's reply. While it does not come, the status names it. */
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
