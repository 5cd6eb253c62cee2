import { createHmac } from 'node:crypto'
import { cut } from '../../../lib/text.js'
import { evidenceOf, headOf, sourceOf } from '../message.js'
import { byCode } from './by-code.js'
import type { Format } from './format.js'

/**
 * Custom bots of Feishu and Lark: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot. The body, 20 KB at
 * most, is a `post`: its elements are text or links, and text holds no markup; a mention would be its own element.
 *
 * Signed in the body: the time in seconds, a line break and the secret are the *key* of an HMAC-SHA256 over nothing.
 * The time may be off by an hour.
 */
export const feishu: Format = {
  shape(message, { signing }) {
    const content: object[][] = [...evidenceOf(message).map(line => [text(line)]), [text(cut(sourceOf(message), 2000))]]
    if (message.link !== null) content.push([{ tag: 'a', text: 'Open the dump', href: message.link }])
    const post = { title: cut(headOf(message), 200), content }
    // The reader's client chooses the language: with only one, everybody gets that one.
    const body = { ...sign(signing), msg_type: 'post', content: { post: { en_us: post } } }
    return { body: JSON.stringify(body) }
  },
  // 11232: too often (https://open.feishu.cn/document/server-docs/api-call-guide/frequency-control).
  readAnswer: answer => byCode(answer.code ?? answer.StatusCode, answer.msg ?? answer.StatusMessage, [11232]),
}

const text = (words: string) => ({ tag: 'text', text: words })

function sign(signing: { secret: string; now: number } | undefined) {
  if (!signing) return {}
  const timestamp = String(Math.floor(signing.now / 1000))
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${signing.secret}`).digest('base64') }
}
