import type { Episodes } from './episodes.js'
import type { Message } from './message.js'

/** A message on its way to one webhook. */
export interface Delivery {
  /** A digest of the webhook: its URL is a secret, and does not go to the disk. */
  target: string
  message: Message
  /** Milliseconds of the `QueueClock`; of the epoch on the disk. */
  queuedAt: number
  attempts: number
  /** Not before that. */
  nextAt: number
}

/** What is to outlive the process. */
export interface Kept {
  deliveries: Delivery[]
  episodes: Episodes
}
