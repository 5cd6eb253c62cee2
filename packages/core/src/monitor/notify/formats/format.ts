import type { Outcome } from '../../outbox/delivery.js'
import type { Message } from '../message.js'

export interface Signing {
  secret: string
  /** Epoch milliseconds of this attempt. */
  now: number
}

/** A request in the form of one service. */
export interface Shaped {
  body: string
  /** Added to the query string of the webhook's URL. */
  query?: Record<string, string>
  headers?: Record<string, string>
}

/** The message shape of one service. */
export interface Format {
  /** Pure; `signing` is set when the webhook has a secret. */
  shape(message: Message, signing?: Signing): Shaped
  /** For services that answer 200 and report the failure in the body, which is passed as parsed JSON. */
  readAnswer?(answer: Record<string, unknown>): Outcome
}
