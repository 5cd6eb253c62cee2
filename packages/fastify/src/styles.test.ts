// @module-tag full
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { routesInFlight } from '../../core/src/testing/served-app.js'
import { urlBelow } from './admin-routes.js'
import autodump from './index.js'
import { inFlight, listen, testOptions } from './testing/server.js'

const wait = () => new Promise(() => {})

function server(options: FastifyServerOptions = {}): FastifyInstance {
  const app = Fastify(options)
  onTestFinished(() => app.close())
  return app
}

const statusOf = async (app: FastifyInstance, url: string) => (await app.inject(url)).statusCode

/** Ways to register a plugin and a route `/users/:name/cart` of the root. */
const styles: [string, (app: FastifyInstance, options: ReturnType<typeof testOptions>) => unknown][] = [
  [
    'awaited, before the routes',
    async (app, options) => {
      await app.register(autodump, options)
      app.get('/users/:name/cart', wait)
    },
  ],
  [
    'not awaited',
    (app, options) => {
      app.register(autodump, options)
      app.get('/users/:name/cart', wait)
    },
  ],
  [
    'after the routes',
    async (app, options) => {
      app.get('/users/:name/cart', wait)
      await app.register(autodump, options)
    },
  ],
  [
    'in a scope of its own',
    (app, options) => {
      app.register(async scope => void scope.register(autodump, options))
      app.get('/users/:name/cart', wait)
    },
  ],
  [
    'beside routes whose settings cannot be printed',
    (app, options) => {
      const config = { size: 1n, self: {} }
      config.self = config
      app.get('/users/:name/cart', { config }, wait)
      app.register(autodump, options)
    },
  ],
]

describe('the routes of the application have their patterns', () => {
  it.each(styles)('where the plugin is registered %s', async (_, register) => {
    const app = server()
    const options = testOptions()
    let holder = app
    app.addHook('onRegister', scope => {
      holder = scope
    })
    await register(app, options)
    const port = await listen(app)
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    for (const name of ['ann', 'ben'])
      fetch(`http://127.0.0.1:${port}/users/${name}/cart`, { signal: abort.signal }).catch(() => {})
    await inFlight(holder, 2)
    expect(await routesInFlight(holder.autodump)).toEqual([
      '/users/ann/cart /users/:name/cart',
      '/users/ben/cart /users/:name/cart',
    ])
  })

  it('where rewriteUrl takes a prefix off, beside a route for all', async () => {
    const app = server({ rewriteUrl: ({ url }) => url?.replace(/^\/api\//, '/') ?? '/' })
    app.register(autodump, testOptions())
    app.get('/users/:name', wait)
    app.get('/*', async () => 'page')
    const port = await listen(app)
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    fetch(`http://127.0.0.1:${port}/api/users/ann?x=1`, { signal: abort.signal }).catch(() => {})
    await inFlight(app, 1)
    expect(await routesInFlight(app.autodump)).toEqual(['/api/users/ann /users/:name'])
  })
})

describe('the admin routes answer', () => {
  it.each(styles)('where the plugin is registered %s', async (_, register) => {
    const app = server()
    await register(app, testOptions())
    for (const path of ['', '/status', '/thresholds', '/openapi.json'])
      expect(await statusOf(app, `/debug/autodump${path}`), path).toBe(200)
    expect(await statusOf(app, '/debug/autodump/nothing')).toBe(404)
  })

  it.each([
    ['/internal', undefined, '/internal/debug/autodump'],
    ['/internal/', undefined, '/internal/debug/autodump'],
    ['/internal', '/dumps', '/internal/dumps'],
    ['/internal', '/', '/internal'],
    ['/internal/deep', '', '/internal/deep'],
    ['/:tenant', undefined, '/acme/debug/autodump'],
    ['/:tenant/ops', '/dumps', '/acme/ops/dumps'],
  ])('in a scope that is mounted at %s, with the prefix %s', async (mounted, prefix, at) => {
    const app = server()
    app.register(
      async scope => {
        await scope.register(autodump, testOptions(prefix === undefined ? {} : { prefix }))
        scope.get('/health', async () => 'well')
      },
      { prefix: mounted },
    )
    const health = `${mounted.replace(':tenant', 'acme').replace(/\/$/, '')}/health`
    expect((await app.inject(health)).body).toBe('well')
    expect((await app.inject(at)).json()).toEqual({ dumps: [], total: 0 })
    const page = await app.inject({ url: `${at}/`, headers: { accept: 'text/html' } })
    expect(page.headers['content-type']).toContain('text/html')
    const made = await app.inject({
      method: 'POST',
      url: `${at}/trigger?wait=true`,
      headers: { 'content-type': 'application/json' },
      payload: '{"capture":["requests"]}',
    })
    expect(made.statusCode).toBe(201)
    const location = made.headers.location as string
    expect(location.startsWith(`${at}/dumps/`)).toBe(true)
    expect(await statusOf(app, location)).toBe(200)
    expect(Object.keys((await app.inject(`${at}/openapi.json`)).json().paths)).toContain(`${at}/trigger`)
    expect(await statusOf(app, '/debug/autodump')).toBe(404)
  })

  it('where rewriteUrl takes a prefix off, with links that lead back', async () => {
    const app = server({ rewriteUrl: ({ url }) => url?.replace(/^\/api\//, '/') ?? '/' })
    app.register(autodump, testOptions())
    expect(await statusOf(app, '/debug/autodump/status')).toBe(200)
    const at = '/api/debug/autodump'
    expect(await statusOf(app, `${at}/status`)).toBe(200)
    expect(Object.keys((await app.inject(`${at}/openapi.json`)).json().paths)).toContain(`${at}/trigger`)
  })

  it('where Fastify finds them by other letters, slashes and escapes', async () => {
    const app = server({ routerOptions: { caseSensitive: false, ignoreDuplicateSlashes: true } })
    app.register(autodump, testOptions())
    for (const url of ['/Debug/AutoDump/status', '/debug//autodump/status', '/%64ebug/autodump/status'])
      expect(await statusOf(app, url), url).toBe(200)
  })

  it('with what Fastify takes beside the options of a plugin', async () => {
    const app = server()
    app.register(autodump, { ...testOptions(), logLevel: 'silent', logSerializers: { req: () => '' } })
    expect(await statusOf(app, '/debug/autodump')).toBe(200)
  })

  it('also to methods that Fastify has no route for', async () => {
    const app = server()
    app.setNotFoundHandler((_request, reply) => reply.code(404).send('mine'))
    app.register(autodump, testOptions())
    for (const method of ['QUERY', 'PROPFIND', 'PURGE', 'OPTIONS', 'PUT'] as 'PUT'[]) {
      const { statusCode, headers } = await app.inject({ method, url: '/debug/autodump/status' })
      expect([statusCode, headers.allow, headers['content-type']], method).toEqual([
        405,
        'GET, HEAD',
        'application/problem+json',
      ])
    }
    expect((await app.inject({ method: 'PROPFIND' as 'PUT', url: '/elsewhere' })).body).toBe('mine')
  })
})

it('the admin routes are in no OpenAPI document', async () => {
  const app = server()
  const shown: string[] = []
  app.addHook('onRoute', ({ url, schema }) => {
    if ((schema as { hide?: boolean } | undefined)?.hide !== true) shown.push(url)
  })
  app.register(autodump, testOptions())
  app.get('/mine', async () => 'mine')
  await app.ready()
  expect(new Set(shown)).toEqual(new Set(['/mine']))
})

it('`authorize` is told the address that the server trusts', async () => {
  const seen: unknown[] = []
  for (const trustProxy of [true, false]) {
    const app = server({ trustProxy })
    app.register(
      autodump,
      testOptions({ auth: { authorize: (_request, _action, client) => !!seen.push(client.remoteAddress) } }),
    )
    await app.inject({ url: '/debug/autodump', headers: { 'x-forwarded-for': '192.0.2.1' } })
  }
  expect(seen).toEqual(['192.0.2.1', '127.0.0.1'])
})

it.each([
  ['', '/debug/autodump', '/debug/autodump/status?a=1', '/debug/autodump/status?a=1'],
  ['', '/debug/autodump', '/debug/autodump', '/debug/autodump'],
  ['/in', '/debug/autodump', '/in/debug/autodump?a=/b/c', '/debug/autodump?a=/b/c'],
  ['/:tenant', '/dumps', '//acme//dumps/x//y', '/dumps/x//y'],
  ['/in', '', '/in', '/'],
  ['/in', '', '/in/status', '/status'],
  ['', '', '/', '/'],
  ['', '', '/status?x', '/status?x'],
  ['', '/dumps', 'http://host:1/dumps/status', '/dumps/status'],
])('below the mount path %s and the prefix %s, %s is %s', (mount, prefix, url, left) => {
  expect(urlBelow(mount, prefix)(url)).toBe(left)
})
