// @module-tag full
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import { describe, expect, it } from 'vitest'
import { routesInFlight, serveApp, testOptions } from '../../core/src/testing/served-app.js'
import { autodump } from './index.js'
import { mount, versions } from './testing/koa.js'

describe.each(versions)('under %s', (name, Koa) => {
  it('the prefix is relative to where it is mounted', async () => {
    const app = new Koa()
    app.use(mount('/a', mount('/b', autodump(testOptions()))))
    const { ask, send } = await serveApp(app.callback())
    const at = '/a/b/debug/autodump'
    expect(await (await ask(at)).json()).toEqual({ dumps: [], total: 0 })
    const made = await send('POST', `${at}/trigger?wait=true`, '{"capture":["requests"]}')
    const location = made.headers.get('location') as string
    expect([made.status, location.startsWith(`${at}/dumps/`)]).toEqual([201, true])
    expect((await ask(location)).status).toBe(200)
    const { paths } = (await (await ask(`${at}/openapi.json`)).json()) as { paths: object }
    expect(Object.keys(paths)).toContain(`${at}/trigger`)
    expect((await ask('/debug/autodump')).status).toBe(404)
    expect((await ask('/a/debug/autodump')).status).toBe(404)
  })

  it('the prefix may be nothing, so that the path is all', async () => {
    const app = new Koa()
    app.use(mount('/ops/dumps', autodump(testOptions({ prefix: '/' }))))
    app.use(ctx => {
      ctx.body = 'mine'
    })
    const { ask } = await serveApp(app.callback())
    expect(await (await ask('/ops/dumps')).json()).toEqual({ dumps: [], total: 0 })
    expect((await ask('/ops/dumps/status')).status).toBe(200)
    expect(await (await ask('/status')).text()).toBe('mine')
  })

  it('the table of requests has the whole URL and the whole pattern of each route', async () => {
    const app = new Koa()
    const middleware = autodump(testOptions())
    const wait = () => new Promise<void>(() => {})
    const orders = new Router().get('/', wait).get('/:order', wait)
    const users = new Router({ prefix: '/users' }).get('/:user', wait)
    users.use('/:user/orders', orders.routes())
    const files = new Router().get(/^\/files\/(.*)$/, wait).get('/', wait)
    app.use(middleware)
    app.use(users.routes())
    app.use(mount('/mounted', users.routes() as never))
    app.use(mount('/mounted', files.routes() as never))
    app.use(files.routes())
    app.use(wait)
    const { ask } = await serveApp(app.callback())
    const abort = new AbortController()
    const expected = {
      '/files/a/b.txt': '^\\/files\\/(.*)$',
      '/mounted': '/mounted',
      '/mounted/users/ann': '/mounted/users/:user',
      '/stuck': null,
      '/users/ann': '/users/:user',
      '/users/ann/orders': '/users/:user/orders',
      '/users/ann/orders/7': '/users/:user/orders/:order',
    }
    const all = Object.keys(expected).map(path => ask(path, { signal: abort.signal }).catch(() => {}))
    let seen: string[] = []
    while (seen.length < all.length) seen = await routesInFlight(middleware.monitor)
    expect(seen, name).toEqual(Object.entries(expected).map(([path, route]) => `${path} ${route}`))
    abort.abort()
    await Promise.all(all)
  })

  describe('after its body parser', () => {
    const thresholds = '/debug/autodump/thresholds'
    async function serve() {
      const app = new Koa()
      app.silent = true
      app.use(bodyParser({ jsonLimit: '1mb', enableTypes: ['json', 'form', 'text'] }))
      const middleware = autodump(testOptions())
      app.use(middleware)
      const { send, ask } = await serveApp(app.callback())
      return { send, ask, watermark: () => middleware.monitor.thresholds().thresholds.cpu?.watermark }
    }

    it('PATCH and POST work', async () => {
      const { send, ask, watermark } = await serve()
      expect((await send('PATCH', thresholds, '{"cpu":{"watermark":51}}')).status).toBe(200)
      expect(watermark()).toBe(51)
      const merge = 'application/merge-patch+json'
      expect((await send('PATCH', thresholds, '{"cpu":{"watermark":52}}', merge)).status).toBe(200)
      expect(watermark()).toBe(52)
      const made = await send('POST', '/debug/autodump/trigger?wait=true', '{"capture":["requests"],"reason":"parsed"}')
      expect(made.status).toBe(201)
      expect(await made.json()).toMatchObject({ trigger: { reason: 'parsed' } })
      expect((await ask('/debug/autodump/trigger?wait=true', { method: 'POST' })).status).toBe(201)
    })

    it('the refusals are those of the contract', async () => {
      const { send, watermark } = await serve()
      const patch = async (body: string, type?: string) => {
        const response = await send('PATCH', thresholds, body, type)
        expect(response.headers.get('content-type')).toBe('application/problem+json')
        return response.status
      }
      expect(await patch(`{}${' '.repeat(70_000)}`)).toBe(413)
      expect(await patch('cpu=1', 'application/x-www-form-urlencoded')).toBe(415)
      expect(await patch('{"cpu":{"watermark":53}}', 'text/plain')).toBe(415)
      expect(await patch('{"cpu":{"watermark":-1}}')).toBe(400)
      expect(await patch('[]')).toBe(400)
      expect(watermark()).toBe(80)
      // The parser's own.
      expect((await send('PATCH', thresholds, '{')).status).toBe(400)
    })
  })
})
