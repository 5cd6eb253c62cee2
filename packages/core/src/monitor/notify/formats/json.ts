import { createHmac } from 'node:crypto'
import type { Format } from './format.js'

/**
 * Our own format: the message as it is. Signed as Stripe signs its webhooks (https://docs.stripe.com/webhooks#verify-manually):
 * HMAC-SHA256 over the time in seconds, a dot and the body, so that a message can neither be altered nor played back
 * later.
 */
export const json: Format = {
  shape(message, { signing }) {
    const body = JSON.stringify(message)
    const headers: Record<string, string> = { 'autodump-message': message.id }
    if (signing) {
      const seconds = Math.floor(signing.now / 1000)
      const signature = createHmac('sha256', signing.secret).update(`${seconds}.${body}`).digest('hex')
      headers['autodump-signature'] = `t=${seconds},v1=${signature}`
    }
    return { body, headers }
  },
}
