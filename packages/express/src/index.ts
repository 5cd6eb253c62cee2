import type { IncomingMessage, ServerResponse } from 'node:http'
import { createNodeAdapter, type Monitor, type Options } from '@autodump/core'

export type AutodumpOptions = Options

/** The fields that we read of a request of Express 4 or 5. */
export interface ExpressRequest extends IncomingMessage {
  /** The rest of the path where we are mounted. */
  url: string
  originalUrl?: string
  /** The client's address, by `trust proxy`. */
  ip?: string
  /** The body as a body parser before us left it. */
  body?: unknown
}

/** A middleware for `app.use()`. */
export interface Autodump {
  (req: ExpressRequest, res: ServerResponse, next: (error?: unknown) => void): void
  readonly monitor: Monitor
}

/**
 * Makes the server dump itself when it goes wrong: `app.use(autodump(options))`, before other middleware if possible.
 * The monitor begins at once, never keeps the process alive, and stops when the server closes; it is `.monitor` of the
 * middleware. The admin routes are under `options.prefix` (`/debug/autodump`) of wherever this is mounted.
 *
 * @throws AutodumpError `INVALID` that lists every invalid option
 */
export function autodump(options: AutodumpOptions = {}): Autodump {
  const { monitor, isOurs, answer } = createNodeAdapter(options)
  function middleware(req: ExpressRequest, res: ServerResponse, next: (error?: unknown) => void): void {
    const { url } = req
    if (!isOurs(req, url)) return next()
    res.removeHeader('x-powered-by')
    void answer(req, res, { url, remoteAddress: req.ip })
  }
  return Object.assign(middleware, { monitor })
}
