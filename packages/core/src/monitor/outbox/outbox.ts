import { messageOf } from '../../lib/errors.js'
import type { Delivery, Outcome, Target } from './delivery.js'
import { waitAfter } from './retry.js'

/** Milliseconds. A held item without news is due after this time. */
const holdTime = 3600_000

/** Milliseconds that a stop waits for attempts in progress. */
const stopGrace = 2000

/**
 * The limits of a queue, for all targets together. A fuller queue means an outage that will not end in time: the oldest
 * items are dropped.
 */
export interface QueueLimits {
  items: number
  /** Milliseconds. */
  age: number
}

export interface OutboxParts<Item> {
  targets: Target<Item>[]
  /** Identifies an item: a target gets it once, even if two processes have left it. */
  idOf(item: Item): string
  limits: QueueLimits
  /** Whether an item waits for those before it. Else one that always fails holds up no others. @default true */
  ordered?: boolean
  /** Keeps the queue; called after each change, one call at a time. */
  save(deliveries: Delivery<Item>[]): Promise<void>
  /** Called after each change. */
  onChange(): void
  /** Called when an attempt has ended. */
  onOutcome(target: Target<Item>, outcome: Outcome): void
  /** Called with dropped items: they were queued for too long, or there were too many. */
  onLost(lost: Delivery<Item>[]): void
  /** Called when the queue could not be saved. */
  onUnsaved(error: unknown): void
  /** Aborted when a stop stops waiting. @default one of its own */
  stopping?: AbortController
  /** The monotonic clock of the times in deliveries. @default Date.now */
  now?: () => number
  random?: () => number
}

export interface Outbox<Item> {
  /** Queues an item for every target, or for the given ones. An item that is queued already is due at once. */
  send(item: Item, to?: Target<Item>[]): void
  /** Queues an item in advance, so that it is on disk before it exists. `send` makes it due. */
  hold(item: Item, to?: Target<Item>[]): void
  /** Drops an item that did not come. */
  drop(item: Item): void
  /** Continues with the queue from before a restart. */
  restore(deliveries: Delivery<Item>[]): void
  /** Saves again, because the data beside the queue has changed. */
  touch(): void
  /** The number of waiting items, for all targets or for one. */
  queued(target?: Target<Item>): number
  /** Waits briefly for attempts in progress, and resolves with the remaining items. */
  stop(): Promise<Delivery<Item>[]>
}

/**
 * Delivers items at least once: each is on disk before its first attempt, and leaves the queue when it was delivered,
 * refused, or is too old. Each target gets one at a time, and targets do not wait for each other.
 */
export function createOutbox<Item>(parts: OutboxParts<Item>): Outbox<Item> {
  const { limits, ordered = true, stopping = new AbortController(), now = Date.now, random = Math.random } = parts
  const targets = new Map(parts.targets.map(target => [target.key, target]))
  const attempts = new Map<string, Promise<void>>()
  const timers = new Map<string, NodeJS.Timeout>()
  let queue: Delivery<Item>[] = []
  let saved: Promise<void> = Promise.resolve()

  function changed(): Promise<void> {
    parts.onChange()
    saved = saved.then(() => parts.save(queue)).catch(parts.onUnsaved)
    return saved
  }

  /** Drops items that are too old or too many. */
  function trim(): void {
    const isOld = ({ queuedAt }: Delivery<Item>) => now() - queuedAt > limits.age
    const kept = new Set(queue.filter(one => !isOld(one)).slice(-limits.items))
    const lost = queue.filter(one => !kept.has(one))
    if (lost.length > 0) parts.onLost(lost)
    queue = [...kept]
  }

  function nextOf(target: string): Delivery<Item> | undefined {
    const mine = queue.filter(one => one.target === target)
    return ordered ? mine[0] : mine.reduce((best, one) => (one.nextAt < best.nextAt ? one : best), mine[0]!)
  }

  function pump(): void {
    if (stopping.signal.aborted) return
    for (const [key, target] of targets) {
      const next = nextOf(key)
      if (!next || attempts.has(key)) continue
      clearTimeout(timers.get(key))
      const wait = next.nextAt - now()
      if (wait > 0) timers.set(key, setTimeout(pump, wait).unref())
      else
        attempts.set(
          key,
          attempt(target, next)
            .finally(() => attempts.delete(key))
            .then(pump),
        )
    }
  }

  async function attempt(target: Target<Item>, delivery: Delivery<Item>): Promise<void> {
    await saved
    const outcome = await target
      .deliver(delivery.item, stopping.signal)
      .catch((error): Outcome => ({ is: 'delayed', why: messageOf(error) }))
    // We aborted it: that is not the target's fault, and not an attempt.
    if (stopping.signal.aborted && outcome.is !== 'delivered') return
    parts.onOutcome(target, outcome)
    if (outcome.is === 'delayed') {
      delivery.attempts += 1
      delivery.nextAt = now() + waitAfter(delivery.attempts, outcome.retryAfter, random)
    } else queue = queue.filter(one => one !== delivery)
    trim()
    await changed()
  }

  function put(item: Item, to: Target<Item>[], nextAt: number): void {
    const keys = new Set(to.map(({ key }) => key))
    const isSame = (one: Delivery<Item>) => keys.has(one.target) && parts.idOf(one.item) === parts.idOf(item)
    for (const one of queue.filter(isSame)) {
      keys.delete(one.target)
      Object.assign(one, { item, nextAt })
    }
    for (const target of keys) queue.push({ target, item, queuedAt: now(), attempts: 0, nextAt })
    trim()
    void changed()
    pump()
  }

  return {
    send: (item, to = [...targets.values()]) => put(item, to, 0),
    hold: (item, to = [...targets.values()]) => put(item, to, now() + holdTime),
    drop(item) {
      queue = queue.filter(one => parts.idOf(one.item) !== parts.idOf(item))
      void changed()
    },
    restore(deliveries) {
      const keyOf = ({ target, item }: Delivery<Item>) => `${target} ${parts.idOf(item)}`
      const unique = new Map(deliveries.filter(one => targets.has(one.target)).map(one => [keyOf(one), one]))
      for (const one of queue) unique.delete(keyOf(one))
      // The clock may have been set between the two processes: that must not delay items for longer than the wait was.
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
    queued: target => (target ? queue.filter(one => one.target === target.key) : queue).length,
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
