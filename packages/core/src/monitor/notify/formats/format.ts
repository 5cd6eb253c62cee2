import type { Outcome } from '../../outbox/delivery.js'
import type { Message } from '../message.js'

export interface Signing {
  secret: string
  /** Epoch milliseconds of this attempt. */
  now: number
}

/** A request in the form of one service. */
export interface Shaped {
  /** @default POST */
  method?: 'PATCH'
  /** Added to the path of the webhook's URL. */
  path?: string
  body: string
  /** Added to the query string of the webhook's URL. */
  query?: Record<string, string>
  headers?: Record<string, string>
}

/** Facts of this attempt. */
export interface Circumstances {
  /** Set when the webhook has a secret. */
  signing?: Signing | undefined
  /** Of the webhook. */
  url: URL
  /** The service's name for the message that began the episode, if it gave one. */
  first?: string | undefined
}

/** The message shape of one service. */
export interface Format {
  /** Pure. */
  shape(message: Message, about: Circumstances): Shaped
  /** The service's name for a message that it has taken; then later ones of the episode can refer to it. */
  nameIn?(answer: Record<string, unknown>): string | undefined
  /** For services that answer 200 and report the failure in the body, which is passed as parsed JSON. */
  readAnswer?(answer: Record<string, unknown>): Outcome
}
