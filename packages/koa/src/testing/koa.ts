import Koa3 from 'koa'
import Koa2 from 'koa-2'

/** Both versions that are supported. */
export const versions: [name: string, Koa: typeof Koa3][] = [
  ['Koa 3', Koa3],
  ['Koa 2', Koa2],
]

/** The work of koa-mount. */
export function mount(path: string, middleware: Koa3.Middleware): Koa3.Middleware {
  return async (ctx, next) => {
    const whole = ctx.path
    if (whole !== path && !whole.startsWith(`${path}/`)) return next()
    ctx.path = whole.slice(path.length) || '/'
    try {
      await middleware(ctx, async () => {
        ctx.path = whole
        await next()
        ctx.path = whole.slice(path.length) || '/'
      })
    } finally {
      ctx.path = whole
    }
  }
}
