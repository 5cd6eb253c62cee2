import { isQueueFile } from '../../generated/file-validators.js'
import type { ResolvedWebhook } from '../../model/notify-options.js'
import type { NotifyStatus } from '../../model/status.js'
import type { Codec } from '../outbox/codec.js'
import type { Delivery, Outcome } from '../outbox/delivery.js'
import { createOutbox, type Outbox } from '../outbox/outbox.js'
import type { Episodes } from './episodes.js'
import type { Message } from './message.js'
import { webhookTargets } from './webhook-targets.js'

const limits = { items: 100, age: 24 * 3600_000 }

/** The file that keeps messages and episodes: `queue-schema.ts`. */
export const messageCodec: Codec<Message, Episodes> = {
  name: 'notify',
  what: 'notifications',
  isValid: isQueueFile,
  toDisk: ({ deliveries, beside }) => ({
    deliveries: deliveries.map(({ item, ...rest }) => ({ ...rest, message: item })),
    episodes: beside,
  }),
  fromDisk(content) {
    const { deliveries, episodes } = content as OnDisk
    return { deliveries: deliveries.map(({ message, ...rest }) => ({ ...rest, item: message })), beside: episodes }
  },
  moveTimes: (episodes, move) =>
    Object.fromEntries(
      Object.entries(episodes).map(([name, one]) => [
        name,
        {
          ...one,
          since: move(one.since),
          seenAt: move(one.seenAt),
          toldAt: one.toldAt === null ? null : move(one.toldAt),
        },
      ]),
    ),
  isEmpty: episodes => Object.keys(episodes).length === 0,
}

interface OnDisk {
  deliveries: (Omit<Delivery<Message>, 'item'> & { message: Message })[]
  episodes: Episodes
}

/** The outbox of messages: counts their outcomes, for `status`. */
export function createMessageQueue(parts: {
  webhooks: ResolvedWebhook[]
  post(webhook: ResolvedWebhook, message: Message, signal: AbortSignal): Promise<Outcome>
  save(deliveries: Delivery<Message>[]): Promise<void>
  onStatus(status: NotifyStatus): void
  onError(what: string, error: unknown): void
  now?: () => number
  random?: () => number
}): Outbox<Message> {
  const { webhooks, onError } = parts
  const hosts = webhooks.map(({ url }) => new URL(url).host)
  let sent = 0
  let failed = 0
  let lastError: NotifyStatus['lastError'] = null

  const outbox = createOutbox({
    targets: webhookTargets(webhooks, parts.post),
    idOf: ({ id }: Message) => id,
    limits,
    save: parts.save,
    onChange: tell,
    onOutcome({ name }, outcome) {
      if (outcome.is === 'delivered') sent += 1
      if (outcome.is === 'refused') failed += 1
      if (outcome.is === 'delivered') return
      lastError = { at: new Date().toISOString(), webhook: name, message: outcome.why }
      onError(`notify ${name}`, new Error(outcome.why))
    },
    onLost(lost) {
      failed += lost.length
      onError('notify', new Error('messages were given up: they were queued for too long, or too many'))
    },
    onUnsaved: error => onError('keep the queue of notifications', error),
    now: parts.now,
    random: parts.random,
  })

  function tell(): void {
    parts.onStatus({ webhooks: hosts, queued: outbox.queued(), sent, failed, lastError })
  }

  tell()
  return outbox
}
