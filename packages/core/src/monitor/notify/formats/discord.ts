import { cut } from '../../../lib/text.js'
import { evidenceOf, headOf, sourceOf } from '../message.js'
import type { Format } from './format.js'

/**
 * Discord's webhooks: https://discord.com/developers/docs/resources/webhook#execute-webhook, with one embed
 * (https://discord.com/developers/docs/resources/message#embed-object-embed-limits: title 256 characters, description
 * 4096, footer 2048, 6000 together). `allowed_mentions` without any `parse` pings nobody, not even by `@everyone`;
 * markup in the other texts is escaped.
 *
 * With `wait=true` the answer has the id of the message, by which the webhook may edit it
 * (https://discord.com/developers/docs/resources/webhook#edit-webhook-message): a surer culprit takes the place of the first
 * one. A webhook cannot reply, so the end is a message of its own.
 */
export const discord: Format = {
  shape(message, { first }) {
    const embed = {
      title: cutEscaped(headOf(message), 256),
      description: evidenceOf(message)
        .map(line => cutEscaped(line, 1000))
        .join('\n'),
      ...(message.link !== null && { url: message.link }),
      timestamp: message.at,
      color: message.type === 'episode.ended' ? 0x188038 : 0xd93025,
      // A footer has no markup.
      footer: { text: cut(sourceOf(message), 2000) },
    }
    const body = JSON.stringify({ embeds: [embed], allowed_mentions: { parse: [] } })
    if (message.type === 'episode.updated' && first !== undefined)
      return { method: 'PATCH', path: `/messages/${encodeURIComponent(first)}`, body }
    return { body, query: { wait: 'true' } }
  },
  nameIn: ({ id }) => (typeof id === 'string' && /^\d{1,20}$/.test(id) ? id : undefined),
}

const escaped = (text: string) => text.replace(/[\\`*_~|<>[\]()#@:+-]/g, character => `\\${character}`)

/** Escapes can double the length, so the text is cut to fit with them. */
function cutEscaped(text: string, length: number): string {
  let kept = text
  while (escaped(kept).length > length) kept = cut(kept, Math.floor(kept.length * 0.9))
  return escaped(kept)
}
