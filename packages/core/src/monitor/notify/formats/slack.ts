import { cut } from '../../../lib/text.js'
import { evidenceOf, headOf, sourceOf } from '../message.js'
import type { Format } from './format.js'

/**
 * Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, with blocks
 * https://docs.slack.dev/reference/block-kit/blocks (50 blocks; header: 150 characters, section: 3000, context: ten elements).
 *
 * External text goes into `plain_text`, which has no markup. Notifications show `text`, which has only one kind, so its
 * three control characters are escaped (https://docs.slack.dev/messaging/formatting-message-text#escaping): no
 * `<!channel>` and no links but ours.
 */
export const slack: Format = {
  shape(message) {
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
    return { body: JSON.stringify({ text: escaped([head, ...evidence].join('\n')), blocks }) }
  },
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
