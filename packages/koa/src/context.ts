import type { IncomingMessage, ServerResponse } from 'node:http'

/** The fields that we read of a context of Koa 2 or 3, and of its extensions. */
export interface KoaContext {
  req: IncomingMessage
  res: ServerResponse
  /** The rest of the URL where we are mounted. */
  url: string
  originalUrl: string
  /** The client's address, by `app.proxy`. */
  ip: string
  request: object
  body?: unknown
  respond?: boolean
}
