/** An item on its way to one target. */
export interface Delivery<Item> {
  /** Key of the target. It is written to disk, so it holds no secret. */
  target: string
  item: Item
  /** Milliseconds of the `QueueClock`; on disk, epoch milliseconds. */
  queuedAt: number
  attempts: number
  /** The next attempt is not made before this time. */
  nextAt: number
}

/** The data that outlives the process: the queue, and its owner's data beside it. */
export interface Kept<Item, Beside> {
  deliveries: Delivery<Item>[]
  beside: Beside
}

/** The outcome of one attempt. */
export type Outcome =
  | { is: 'delivered' }
  /** Worth another attempt, after `retryAfter` milliseconds if the target gave that. */
  | { is: 'delayed'; why: string; retryAfter?: number }
  /** Another attempt would be refused again. */
  | { is: 'refused'; why: string }

/** A target of deliveries. */
export interface Target<Item> {
  /** The same in every process, so that a queue finds its targets after a restart. */
  key: string
  /** For people. */
  name: string
  /** Makes one attempt. Ends soon after the signal. */
  deliver(item: Item, signal: AbortSignal): Promise<Outcome>
}
