import { createHash } from 'node:crypto'
import type { ResolvedWebhook } from '../../model/notify-options.js'
import type { Outcome, Target } from '../outbox/delivery.js'
import type { Message } from './message.js'

/** A digest: the URL is a secret, and is not written to disk. */
export const targetOf = ({ url, format }: ResolvedWebhook): string =>
  createHash('sha256').update(`${format} ${url}`).digest('hex').slice(0, 16)

/** Webhooks as targets of the queue. Two webhooks with the same URL and format are one target. */
export function webhookTargets(
  webhooks: ResolvedWebhook[],
  post: (webhook: ResolvedWebhook, message: Message, signal: AbortSignal) => Promise<Outcome>,
): Target<Message>[] {
  const unique = new Map(webhooks.map(webhook => [targetOf(webhook), webhook]))
  return [...unique].map(([key, webhook]) => ({
    key,
    // The rest of the URL is a secret.
    name: new URL(webhook.url).host,
    deliver: (message, signal) => post(webhook, message, signal),
  }))
}
