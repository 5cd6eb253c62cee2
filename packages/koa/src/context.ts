import type { IncomingMessage, ServerResponse } from 'node:http'

/** What we read of a context of Koa 2 or 3, and of those who extend it. */
export interface KoaContext {
  req: IncomingMessage
  res: ServerResponse
  /** What is left of the URL where we are mounted. */
  url: string
  originalUrl: string
  /** The client's address, by `app.proxy`. */
  ip: string
  request: object
  body?: unknown
  respond?: boolean
}
