import { cut } from '../../../lib/text.js'
import { factsOf, titleOf } from '../message.js'
import type { Format } from './format.js'

/**
 * Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, with blocks
 * https://docs.slack.dev/reference/block-kit/blocks (header: 150 characters, section: 3000, field: 2000, ten fields).
 *
 * External text goes into `plain_text`, which has no markup. Notifications show `text`, which has only one kind, so its
 * three control characters are escaped (https://docs.slack.dev/messaging/formatting-message-text#escaping): no
 * `<!channel>` and no links but ours.
 */
export const slack: Format = {
  shape(message) {
    const title = cut(titleOf(message), 150)
    const summary = cut(message.summary, 2900)
    const blocks: object[] = [
      { type: 'header', text: plain(title) },
      { type: 'section', text: plain(summary) },
      { type: 'section', fields: factsOf(message).map(([name, value]) => plain(`${name}: ${value}`)) },
    ]
    if (message.link !== null) {
      const text = `<${escaped(message.link)}|Open the dump>`
      blocks.push({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })
    }
    return { body: JSON.stringify({ text: escaped(`${title}: ${cut(summary, 1000)}`), blocks }) }
  },
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
