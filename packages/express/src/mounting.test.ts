// @module-tag full
import { describe, expect, it } from 'vitest'
import { routesInFlight, serveApp, testOptions } from '../../core/src/testing/served-app.js'
import { autodump } from './index.js'
import { versions } from './testing/express.js'

describe.each(versions)('under %s', (name, express) => {
  it.each(['/ops', '/ops/', '/a/b', '/:tenant'])('the prefix is relative to the path %s', async path => {
    const app = express()
    app.use(path, autodump(testOptions()))
    const { ask, send } = await serveApp(app)
    const at = `${path.replace(/\/$/, '').replace(':tenant', 'acme')}/debug/autodump`
    expect(await (await ask(at)).json()).toEqual({ dumps: [], total: 0 })
    const made = await send('POST', `${at}/trigger?wait=true`, '{"capture":["requests"]}')
    expect(made.status).toBe(201)
    const location = made.headers.get('location') as string
    expect(location.startsWith(`${at}/dumps/`)).toBe(true)
    expect((await ask(location)).status).toBe(200)
    const { paths } = (await (await ask(`${at}/openapi.json`)).json()) as { paths: object }
    expect(Object.keys(paths)).toContain(`${at}/trigger`)
    expect((await ask('/debug/autodump')).status).toBe(404)
    expect((await ask(`${at.replace('/debug', '/nothing')}`)).status).toBe(404)
  })

  it('the prefix may be nothing, so that the path is all', async () => {
    const app = express()
    app.use('/ops/dumps', autodump(testOptions({ prefix: '/' })))
    app.use((_req, res) => void res.send('mine'))
    const { ask } = await serveApp(app)
    expect(await (await ask('/ops/dumps')).json()).toEqual({ dumps: [], total: 0 })
    expect((await ask('/ops/dumps/status')).status).toBe(200)
    expect(await (await ask('/status')).text()).toBe('mine')
  })

  it('it may be in an application within the application', async () => {
    const [app, api, inner] = [express(), express(), express()]
    inner.use(autodump(testOptions()))
    api.use('/v1', inner)
    app.use('/api', api)
    const { ask } = await serveApp(app)
    expect((await ask('/api/v1/debug/autodump/status')).status).toBe(200)
    expect((await ask('/api/debug/autodump/status')).status).toBe(404)
  })

  it('a URL that the application rewrote is the one that counts', async () => {
    const app = express()
    app.use((req, _res, next) => {
      req.url = req.url.replace(/^\/internal/, '')
      next()
    })
    app.use(autodump(testOptions()))
    const { send } = await serveApp(app)
    const made = await send('POST', '/internal/debug/autodump/trigger', '{"capture":["requests"]}')
    expect(made.headers.get('location')).toMatch(/^\/internal\/debug\/autodump\/dumps\//)
  })

  it('the table of requests has the whole pattern of each route', async () => {
    const [app, api] = [express(), express()]
    const middleware = autodump(testOptions())
    app.use(middleware)
    const wait = () => {}
    const orders = express.Router({ mergeParams: true })
    orders.get('/', wait)
    orders.get('/:order/items/:item', wait)
    const users = express.Router()
    users.use('/:user/orders', orders)
    users.route('/:user').get(wait)
    api.use('/users', users)
    app.use('/api/:version', api)
    app.get(['/one/:x', '/two/:x'], wait)
    app.get(/^\/files\/.*\.txt$/, wait)
    app.use('/stuck', () => {})
    const { ask } = await serveApp(app)
    const abort = new AbortController()
    const expected = {
      '/api/v2/users/17': '/api/v2/users/:user',
      '/api/v2/users/ann/orders': '/api/v2/users/:user/orders',
      '/api/v2/users/ann/orders/7/items/8': '/api/v2/users/:user/orders/:order/items/:item',
      '/files/a/b.txt': '^\\/files\\/.*\\.txt$',
      '/stuck/here': null,
      '/two/3': '/one/:x|/two/:x',
    }
    const all = Object.keys(expected).map(path => ask(path, { signal: abort.signal }).catch(() => {}))
    let seen: string[] = []
    while (seen.length < all.length) seen = await routesInFlight(middleware.monitor)
    expect(seen, name).toEqual(Object.entries(expected).map(([path, route]) => `${path} ${route}`))
    abort.abort()
    await Promise.all(all)
  })
})
