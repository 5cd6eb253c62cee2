/** Something on its way to one target. */
export interface Delivery<Item> {
  /** Key of the target. It goes to the disk, so it holds no secret. */
  target: string
  item: Item
  /** Milliseconds of the `QueueClock`; of the epoch on the disk. */
  queuedAt: number
  attempts: number
  /** The next attempt is not made before that. */
  nextAt: number
}

/** What outlives the process: the queue, and what its owner keeps beside it. */
export interface Kept<Item, Beside> {
  deliveries: Delivery<Item>[]
  beside: Beside
}

/** What came of one attempt. */
export type Outcome =
  | { is: 'delivered' }
  /** Worth another attempt, after `retryAfter` milliseconds where the target has said so. */
  | { is: 'delayed'; why: string; retryAfter?: number }
  /** It would be refused again. */
  | { is: 'refused'; why: string }

/** Where items are delivered to. */
export interface Target<Item> {
  /** The same in every process, so that a queue finds its targets after a restart. */
  key: string
  /** For people. */
  name: string
  /** Makes one attempt. Ends soon after the signal. */
  deliver(item: Item, signal: AbortSignal): Promise<Outcome>
}
