import type { ServerResponse } from 'node:http'
import type { KoaContext } from './context.js'

const setters = ['setHeader', 'setHeaders', 'appendHeader', 'removeHeader', 'writeHead', 'writeEarlyHints'] as const

/**
 * Changes of middleware before us after `await next()` come when our answer is out. Koa itself lets that pass, as
 * `ctx.set` and `ctx.body` do; but Node throws at `ctx.cookies.set`, `ctx.res.setHeader` and the like, and the
 * application would have an error for each request to the admin routes. Here those pass as well.
 *
 * Returns a function to call when the answer is out: then nobody takes it for one without a body.
 */
export function settle(ctx: KoaContext): () => void {
  const res = ctx.res as unknown as Record<string, (...args: unknown[]) => unknown> &
    Pick<ServerResponse, 'headersSent'>
  for (const name of setters) {
    const set = res[name]
    // HTTP/2 and older versions of Node have fewer.
    if (typeof set !== 'function') continue
    Object.assign(res, { [name]: (...args: unknown[]) => (res.headersSent ? res : set.apply(res, args)) })
  }
  return () => {
    if (res.headersSent) ctx.body = 'answered by autodump'
  }
}
