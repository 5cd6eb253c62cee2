import { createHmac } from 'node:crypto'
import { byCode } from './by-code.js'
import type { Format } from './format.js'
import { plainText } from './plain-text.js'

/**
 * Custom robots of DingTalk: https://open.dingtalk.com/document/robots/custom-robot-access. `text` and not `markdown`,
 * because `markdown` has no way to escape; a link in a text is clickable too. A mention takes an entry of `at`, and
 * there is none.
 *
 * Signed in the query string: HMAC-SHA256 with the secret over the time in milliseconds, a line break and the secret
 * (https://open.dingtalk.com/document/robots/customize-robot-security-settings). The time may be off by an hour.
 */
export const dingtalk: Format = {
  shape(message, { signing }) {
    const body = { msgtype: 'text', text: { content: plainText(message, 15_000) }, at: { isAtAll: false } }
    return { body: JSON.stringify(body), ...(signing && { query: sign(signing) }) }
  },
  // -1: busy; 130101 and 410100: too often, 20 messages a minute.
  readAnswer: answer => byCode(answer.errcode, answer.errmsg, [-1, 130101, 410100]),
}

function sign({ secret, now }: { secret: string; now: number }) {
  const signature = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64')
  return { timestamp: String(now), sign: signature }
}
