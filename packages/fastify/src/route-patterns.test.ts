import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { createRoutePatterns } from './route-patterns.js'

/** The patterns of an app, as the plugin collects them. */
async function patternsOf(register: (app: FastifyInstance) => unknown, options = {}) {
  const app = Fastify(options)
  const patterns = createRoutePatterns(app.initialConfig)
  app.addHook('onRoute', patterns.add)
  await register(app)
  await app.ready()
  await patterns.read(app)
  return (method: string, url: string) => patterns.find({ method, url }, null)
}

const handler = async () => 'ok'

describe('the pattern of a URL', () => {
  it('is the one that Fastify would choose', async () => {
    const find = await patternsOf(app => {
      app.get('/users/me', handler)
      app.get('/users/:id', handler)
      app.get('/users/:id/orders/:order', handler)
      app.get('/files/*', handler)
      app.get('/at/:hour(^\\d{2})h:minute(^\\d{2})m', handler)
      app.get('/items/:id(^\\d+)', handler)
      app.get('/maybe/:name?', handler)
    })
    expect(find('GET', '/users/me')).toBe('/users/me')
    expect(find('GET', '/users/42')).toBe('/users/:id')
    expect(find('GET', '/users/42/orders/7')).toBe('/users/:id/orders/:order')
    expect(find('GET', '/files/a/b/c.txt')).toBe('/files/*')
    expect(find('GET', '/at/12h30m')).toBe('/at/:hour(^\\d{2})h:minute(^\\d{2})m')
    expect(find('GET', '/items/12')).toBe('/items/:id(^\\d+)')
    expect(find('GET', '/items/twelve')).toBeNull()
    expect(find('GET', '/maybe/x')).toBe('/maybe/:name?')
  })

  it('has the prefixes of the plugins that it is in', async () => {
    const find = await patternsOf(app =>
      app.register(
        async api => {
          api.get('/', handler)
          await api.register(async inner => void inner.get('/:id', handler), { prefix: '/things' })
        },
        { prefix: '/api/:version' },
      ),
    )
    expect(find('GET', '/api/v1')).toMatch(/^\/api\/:version\/?$/)
    expect(find('GET', '/api/v1/things/9')).toBe('/api/:version/things/:id')
  })

  it('goes by the method, of which a route may have several', async () => {
    const find = await patternsOf(app => {
      app.route({ method: ['PUT', 'PATCH'], url: '/things/:id', handler })
      app.all('/any/:x', handler)
    })
    expect(find('PUT', '/things/1')).toBe('/things/:id')
    expect(find('PATCH', '/things/1')).toBe('/things/:id')
    expect(find('POST', '/things/1')).toBeNull()
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS', 'HEAD']) expect(find(method, '/any/1')).toBe('/any/:x')
  })

  it('is that of GET for a HEAD request', async () => {
    const find = await patternsOf(app => app.get('/users/:id', handler))
    expect(find('HEAD', '/users/1')).toBe('/users/:id')
  })

  it('looks at letters as the server does', async () => {
    const strict = await patternsOf(app => app.get('/Users/:id', handler))
    expect(strict('GET', '/users/1')).toBeNull()
    const lenient = await patternsOf(app => app.get('/Users/:id', handler), {
      routerOptions: { caseSensitive: false },
    })
    expect(lenient('GET', '/uSERS/1')).toBe('/Users/:id')
  })

  it('is one for all hosts and versions that it exists for', async () => {
    const find = await patternsOf(app => {
      app.route({ method: 'GET', url: '/v/:id', handler, constraints: { version: '1.0.0' } })
      app.route({ method: 'GET', url: '/v/:id', handler, constraints: { version: '2.0.0' } })
      app.route({ method: 'GET', url: '/h/:id', handler, constraints: { host: 'example.com' } })
    })
    expect(find('GET', '/v/1')).toBe('/v/:id')
    expect(find('GET', '/h/1')).toBe('/h/:id')
  })

  it('is unknown for what no route has, without any harm', async () => {
    const find = await patternsOf(app => app.get('/', handler))
    for (const url of ['/nothing', '/%zz', 'nothing', 'http://x/y', '/\u0000', `/${'x'.repeat(10_000)}`])
      expect(find('GET', url), url).toBeNull()
    expect(find('NONSENSE', '/')).toBeNull()
  })
})
