import { cut, oneLine } from '../../../lib/text.js'
import { evidenceOf, headOf, type Message, sourceOf } from '../message.js'
import type { Format } from './format.js'

/**
 * Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, with blocks
 * https://docs.slack.dev/reference/block-kit/blocks (50 blocks; header: 150 characters, section: 3000, context: ten elements).
 *
 * External text goes into `plain_text`, which has no markup. Notifications show `text`, which has only one kind, so its
 * three control characters are escaped (https://docs.slack.dev/messaging/formatting-message-text#escaping): no
 * `<!channel>` and no links but ours.
 */
export const slack: Format = { shape: message => ({ body: JSON.stringify(bodyOf(message)) }) }

/**
 * `chat.postMessage` of the Web API (https://docs.slack.dev/reference/methods/chat.postMessage), with the token of an app. Unlike an
 * incoming webhook it gives the name of the message, `ts`, so that later news is a reply in its thread. It takes the
 * channel in the body; ours is in the query of the URL. It answers 200 with `ok: false` to what it refuses.
 */
export const slackApi: Format = {
  shape(message, { url, first }) {
    const channel = url.searchParams.get('channel') ?? ''
    const thread = first === undefined ? {} : { thread_ts: first }
    return { body: JSON.stringify({ channel, ...bodyOf(message), ...thread }) }
  },
  nameIn: ({ ts }) => (typeof ts === 'string' && /^\d+\.\d+$/.test(ts) ? ts : undefined),
  readAnswer({ ok, error }) {
    if (ok === true) return { is: 'delivered' }
    const why = `it answered ${typeof error === 'string' ? cut(oneLine(error), 100) : 'without `ok`'}`
    return { is: passing.has(error) ? 'delayed' : 'refused', why }
  },
}

/** Errors that pass. */
const passing = new Set<unknown>([
  'ratelimited',
  'service_unavailable',
  'internal_error',
  'fatal_error',
  'request_timeout',
])

function bodyOf(message: Message) {
  const head = cut(headOf(message), 150)
  const evidence = evidenceOf(message)
  const source = cut(sourceOf(message), 2000)
  const blocks: object[] = [{ type: 'header', text: plain(head) }]
  if (evidence.length > 0) blocks.push({ type: 'section', text: plain(cut(evidence.join('\n'), 2900)) })
  blocks.push({ type: 'context', elements: [plain(source)] })
  if (message.link !== null) {
    const text = `<${escaped(message.link)}|Open the dump>`
    blocks.push({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })
  }
  return { text: escaped([head, ...evidence].join('\n')), blocks }
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
