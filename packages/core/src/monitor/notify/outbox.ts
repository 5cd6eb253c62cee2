import { createHash } from 'node:crypto'
import { messageOf } from '../../lib/errors.js'
import type { ResolvedWebhook } from '../../model/notify-options.js'
import type { NotifyStatus } from '../../model/status.js'
import type { Delivery } from './delivery.js'
import type { Outcome } from './formats/format.js'
import type { Message } from './message.js'
import { waitAfter } from './retry.js'

/** More than that is an outage whose end nobody waits for: the oldest are given up. */
const maxQueued = 100

const maxAge = 24 * 3600_000

/** How long a stop waits for attempts in progress, in milliseconds. */
const stopGrace = 2000

export interface OutboxParts {
  webhooks: ResolvedWebhook[]
  post(webhook: ResolvedWebhook, message: Message, signal: AbortSignal): Promise<Outcome>
  /** Keeps the queue; called after each change, one call at a time. */
  save(deliveries: Delivery[]): Promise<void>
  onStatus(status: NotifyStatus): void
  onError(what: string, error: unknown): void
  /** Of the times in deliveries: a clock that nobody sets. @default Date.now */
  now?: () => number
  random?: () => number
}

export interface Outbox {
  /** Queues a message for every webhook. */
  send(message: Message): void
  /** Goes on with what was queued before a restart. */
  restore(deliveries: Delivery[]): void
  /** Saves again, because what is saved beside the queue has changed. */
  touch(): void
  /** Waits a little for attempts in progress, and resolves with what is left. */
  stop(): Promise<Delivery[]>
}

export const targetOf = ({ url, format }: ResolvedWebhook): string =>
  createHash('sha256').update(`${format} ${url}`).digest('hex').slice(0, 16)

/**
 * Delivers messages at least once: each is on the disk before its first attempt, and leaves the queue when it was
 * delivered, refused, or is too old. Per webhook one at a time and in order, and webhooks do not wait for each other.
 */
export function createOutbox(parts: OutboxParts): Outbox {
  const { onError, now = Date.now, random = Math.random } = parts
  const targets = new Map(parts.webhooks.map(webhook => [targetOf(webhook), webhook]))
  const hosts = parts.webhooks.map(({ url }) => new URL(url).host)
  const attempts = new Map<string, Promise<void>>()
  const timers = new Map<string, NodeJS.Timeout>()
  const stopping = new AbortController()
  let queue: Delivery[] = []
  let sent = 0
  let failed = 0
  let lastError: NotifyStatus['lastError'] = null
  let saved: Promise<void> = Promise.resolve()

  const tell = () => parts.onStatus({ webhooks: hosts, queued: queue.length, sent, failed, lastError })

  function changed(): Promise<void> {
    tell()
    saved = saved.then(() => parts.save(queue)).catch(error => onError('keep the queue of notifications', error))
    return saved
  }

  function fail(webhook: ResolvedWebhook, message: string): void {
    const { host } = new URL(webhook.url)
    lastError = { at: new Date().toISOString(), webhook: host, message }
    onError(`notify ${host}`, new Error(message))
  }

  /** Gives up what is too old or too much. */
  function trim(): void {
    const isOld = ({ queuedAt }: Delivery) => now() - queuedAt > maxAge
    const kept = queue.filter(one => !isOld(one)).slice(-maxQueued)
    const lost = queue.length - kept.length
    if (lost > 0) onError('notify', new Error('messages were given up: they were queued for too long, or too many'))
    failed += lost
    queue = kept
  }

  function pump(): void {
    if (stopping.signal.aborted) return
    for (const [target, webhook] of targets) {
      const next = queue.find(one => one.target === target)
      if (!next || attempts.has(target)) continue
      clearTimeout(timers.get(target))
      const wait = next.nextAt - now()
      if (wait > 0) timers.set(target, setTimeout(pump, wait).unref())
      else
        attempts.set(
          target,
          attempt(webhook, next)
            .finally(() => attempts.delete(target))
            .then(pump),
        )
    }
  }

  async function attempt(webhook: ResolvedWebhook, delivery: Delivery): Promise<void> {
    await saved
    const outcome = await parts
      .post(webhook, delivery.message, stopping.signal)
      .catch((error): Outcome => ({ is: 'delayed', why: messageOf(error) }))
    // Cut short by us: neither its fault nor an attempt.
    if (stopping.signal.aborted && outcome.is !== 'delivered') return
    const gone = outcome.is !== 'delayed'
    if (outcome.is === 'delivered') sent += 1
    else fail(webhook, outcome.why)
    if (outcome.is === 'refused') failed += 1
    if (outcome.is === 'delayed') {
      delivery.attempts += 1
      delivery.nextAt = now() + waitAfter(delivery.attempts, outcome.retryAfter, random)
    }
    if (gone) queue = queue.filter(one => one !== delivery)
    trim()
    await changed()
  }

  tell()
  return {
    send(message) {
      for (const target of targets.keys()) {
        queue.push({ target, message, queuedAt: now(), attempts: 0, nextAt: 0 })
      }
      trim()
      void changed()
      pump()
    },
    restore(deliveries) {
      const keyOf = ({ target, message }: Delivery) => `${target} ${message.id}`
      const unique = new Map(deliveries.filter(one => targets.has(one.target)).map(one => [keyOf(one), one]))
      for (const one of queue) unique.delete(keyOf(one))
      // The clock may have been set between the two processes: that must not hold them up for longer than the wait was.
      queue = [
        ...[...unique.values()].map(one => ({
          ...one,
          nextAt: Math.min(one.nextAt, now() + waitAfter(one.attempts || 1)),
        })),
        ...queue,
      ]
      trim()
      void changed()
      pump()
    },
    touch: () => void changed(),
    async stop() {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>(resolve => {
        timer = setTimeout(resolve, stopGrace)
      })
      const idle = (async () => {
        while (attempts.size > 0) await Promise.all(attempts.values())
      })()
      await Promise.race([idle, late])
      clearTimeout(timer)
      stopping.abort()
      for (const wait of timers.values()) clearTimeout(wait)
      await idle
      await saved
      return queue
    },
  }
}
