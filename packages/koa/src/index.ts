import { createNodeAdapter, type Monitor, type Options } from '@autodump/core'
import type { KoaContext } from './context.js'
import { settle } from './late-changes.js'
import { contextOf, link, routeOf } from './route.js'

export type { KoaContext } from './context.js'
export type AutodumpOptions = Options

/** A middleware for `app.use()`. */
export interface Autodump {
  (ctx: KoaContext, next: () => Promise<unknown>): Promise<unknown>
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
  monitor.requests.setRouteOf((_request, raw) => routeOf(contextOf(raw)))

  async function middleware(ctx: KoaContext, next: () => Promise<unknown>): Promise<unknown> {
    const { req, res, url, ip: remoteAddress } = ctx
    link(req, ctx)
    if (!isOurs(req, url)) return next()
    // Koa keeps out of the response; the body that a body parser before us left is where Node's bridge looks for it.
    ctx.respond = false
    const { rawBody, body } = ctx.request as { rawBody?: unknown; body?: unknown }
    Object.assign(req, { body: rawBody ?? body })
    const settled = settle(ctx)
    await answer(req, res, { url, remoteAddress })
    settled()
  }
  return Object.assign(middleware, { monitor })
}
