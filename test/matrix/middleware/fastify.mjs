// Plugins of Fastify: `node fastify.mjs fastify @fastify/helmet`.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import autodump from '@autodump/fastify'
import Fastify from 'fastify'
import * as apis from './apis.mjs'
import { checkApp, createOptions, eventually, tryOne } from './check.mjs'

const load = async name => (await import(name)).default
/** A plugin that takes options, or none. */
const plain = (name, options) => ({ use: async app => void app.register(await load(name), options) })
const basic = { authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` }
/** Where a guard has taken the header that the token would be in. */
const open = { auth: { authorize: () => true } }
const shown = async (app, path) => Object.keys((await (await app.mine(path)).json()).paths).sort()

const plugins = {
  none: { use() {} },
  '@fastify/helmet': plain('@fastify/helmet'),
  '@fastify/cors': plain('@fastify/cors'),
  '@fastify/compress': plain('@fastify/compress', { threshold: 0 }),
  '@fastify/cookie': plain('@fastify/cookie', { secret: 'secret' }),
  '@fastify/session': {
    async use(app) {
      app.register(await load('@fastify/cookie'))
      app.register(await load('@fastify/session'), { secret: 'x'.repeat(32), cookie: { secure: false }, rolling: true })
    },
  },
  '@fastify/secure-session': plain('@fastify/secure-session', { key: Buffer.alloc(32), cookie: { path: '/' } }),
  '@fastify/jwt': {
    async use(app, { order }) {
      app.register(await load('@fastify/jwt'), { secret: 'secret' })
      app.addHook('onRequest', async request => {
        const { pathname } = new URL(request.url, 'http://localhost')
        if (order === 'before' || pathname.startsWith('/debug')) await request.jwtVerify()
      })
    },
    // After ours it does not run for ours. Before ours it guards ours, and nobody here has such a token.
    order: ['after'],
  },
  '@fastify/rate-limit': plain('@fastify/rate-limit', { max: 100_000 }),
  '@fastify/swagger': {
    use: async app => void app.register(await load('@fastify/swagger')),
    declare: app => void app.get('/document', { schema: { hide: true } }, async () => app.swagger()),
    more: async app => assert.deepEqual(await shown(app, '/document'), ['/echo', '/users/{user}', '/wait/{id}']),
  },
  '@fastify/swagger-ui': {
    async use(app) {
      app.register(await load('@fastify/swagger'))
      app.register(await load('@fastify/swagger-ui'))
    },
    more: async app =>
      assert.deepEqual(await shown(app, '/documentation/json'), ['/echo', '/users/{user}', '/wait/{id}']),
  },
  '@fastify/multipart': plain('@fastify/multipart', { attachFieldsToBody: true }),
  '@fastify/formbody': plain('@fastify/formbody'),
  '@fastify/static': plain('@fastify/static', { root: import.meta.dirname, prefix: '/files/' }),
  '@fastify/under-pressure': plain('@fastify/under-pressure', { maxEventLoopDelay: 60_000 }),
  '@fastify/under-pressure, in trouble': {
    async use(app) {
      // In trouble as soon as the app is, after which only ours is answered.
      app.addHook('onRequest', async (request, reply) => {
        if (request.url.startsWith('/debug')) return reply.code(503).send('overloaded')
      })
    },
    order: ['after'],
  },
  '@fastify/websocket': {
    async use(app) {
      app.register(await load('@fastify/websocket'))
      app.register(async scope => {
        scope.get('/socket', { websocket: true }, apis.echoes)
      })
    },
    more: apis.talksBySocket,
  },
  'socket.io': apis.socketIo,
  '@fastify/http-proxy': {
    use: async (app, { far }) =>
      void app.register(await load('@fastify/http-proxy'), { upstream: far, prefix: '/far' }),
    more: apis.reachesFar,
  },
  '@fastify/reply-from': {
    use: async (app, { far }) => void app.register(await load('@fastify/reply-from'), { base: far }),
    declare: app => void app.get('/far/*', { schema: { hide: true } }, (_request, reply) => void reply.from('/')),
    more: apis.reachesFar,
  },
  '@fastify/middie': {
    async use(app) {
      await app.register(await load('@fastify/middie'))
      app.use((_req, _res, next) => next())
    },
  },
  '@fastify/express': {
    async use(app) {
      await app.register(await load('@fastify/express'))
      app.use((_req, _res, next) => next())
    },
  },
  '@fastify/autoload': {
    async use(app, { root }) {
      const dir = join(root, 'routes')
      mkdirSync(join(dir, 'shops'), { recursive: true })
      writeFileSync(
        join(dir, 'shops/index.mjs'),
        "export default async app => void app.get('/:shop/slow', () => new Promise(() => {}))",
      )
      app.register(await load('@fastify/autoload'), { dir })
    },
    async more({ mine, inFlight, groups }) {
      const abort = new AbortController()
      for (const shop of ['a', 'b']) mine(`/shops/${shop}/slow`, { signal: abort.signal }).catch(() => {})
      await eventually('two in flight', 2, inFlight)
      assert.deepEqual(await groups(), ['2 GET /shops/:shop/slow'])
      abort.abort()
    },
  },
  '@fastify/sensible': plain('@fastify/sensible'),
  '@fastify/etag': plain('@fastify/etag'),
  '@fastify/basic-auth': {
    async use(app) {
      await app.register(await load('@fastify/basic-auth'), {
        validate: async (user, password) => {
          if (`${user}:${password}` !== 'ann:secret') throw new Error('no')
        },
      })
      app.addHook('onRequest', app.basicAuth)
    },
    headers: basic,
    options: open,
  },
  '@fastify/bearer-auth': {
    use: async app => void app.register(await load('@fastify/bearer-auth'), { keys: new Set(['secret']) }),
    headers: { authorization: 'Bearer secret' },
    options: open,
  },
  '@fastify/csrf-protection': {
    async use(app) {
      app.register(await load('@fastify/cookie'))
      app.register(await load('@fastify/csrf-protection'))
    },
  },
  '@fastify/accepts': plain('@fastify/accepts'),
  '@fastify/response-validation': plain('@fastify/response-validation'),
  '@fastify/circuit-breaker': plain('@fastify/circuit-breaker'),
  '@fastify/auth': {
    async use(app) {
      await app.register(await load('@fastify/auth'))
      app.addHook('preHandler', app.auth([(_request, _reply, done) => done()]))
    },
  },
  '@fastify/passport': {
    async use(app) {
      const { Authenticator } = await import('@fastify/passport')
      const passport = new Authenticator()
      app.register(await load('@fastify/secure-session'), { key: Buffer.alloc(32), cookie: { path: '/' } })
      app.register(passport.initialize())
      app.register(passport.secureSession())
    },
  },
  '@fastify/oauth2': {
    async use(app) {
      const oauth2 = await load('@fastify/oauth2')
      app.register(oauth2, {
        name: 'github',
        credentials: { client: { id: 'shop', secret: 'secret' }, auth: oauth2.GITHUB_CONFIGURATION },
        startRedirectPath: '/login',
        callbackUri: 'http://localhost/login/callback',
      })
    },
  },
  '@fastify/caching': plain('@fastify/caching', { privacy: 'private' }),
  '@fastify/request-context': plain('@fastify/request-context', { defaultStoreValues: { user: 'ann' } }),
  '@fastify/routes': plain('@fastify/routes'),
  '@fastify/sse': plain('@fastify/sse'),
  '@fastify/view': {
    use: async app => void app.register(await load('@fastify/view'), { engine: { ejs: await load('ejs') } }),
  },
  '@fastify/otel': {
    async use(app) {
      const { FastifyOtelInstrumentation } = await import('@fastify/otel')
      app.register(new FastifyOtelInstrumentation().plugin())
    },
  },
  'fastify-raw-body': plain('fastify-raw-body', { global: true, runFirst: true }),
  'fastify-metrics': {
    ...plain('fastify-metrics', { endpoint: '/metrics', clearRegisterOnInit: true }),
    more: async ({ mine }) =>
      assert.match(await (await mine('/metrics')).text(), /http_request_duration_seconds_count/),
  },
  mercurius: {
    use: async app => void app.register(await load('mercurius'), { schema: apis.schema, resolvers: apis.resolvers }),
    more: apis.hasOperations,
  },
  '@trpc/server': {
    async use(app) {
      const { fastifyTRPCPlugin } = await import('@trpc/server/adapters/fastify')
      app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: { router: await apis.createProcedures() } })
    },
    more: apis.hasProcedures,
  },
  '@nestjs/platform-fastify': {
    async serve({ options }) {
      const { NestFactory } = await import('@nestjs/core')
      const { FastifyAdapter } = await import('@nestjs/platform-fastify')
      const { Root } = await import('./nest.mjs')
      const app = await NestFactory.create(Root, new FastifyAdapter(), { logger: false })
      await app.register(autodump, options)
      await app.listen(0, '127.0.0.1')
      return { server: app.getHttpServer(), close: () => app.close() }
    },
    order: ['after'],
  },
}

/** An app with a plugin before ours or after, without a wait between them. */
async function serveWith({ use, declare }, { order, options, errors, far, root }) {
  const app = Fastify({ forceCloseConnections: true })
  const context = { order, far, root }
  app.setErrorHandler((error, _request, reply) => {
    errors.push(error)
    reply.code(500).send({})
  })
  if (order === 'before') await use(app, context)
  app.register(autodump, options)
  if (order === 'after') await use(app, context)
  app.register(async scope => {
    scope.get('/users/:user', async ({ params }) => ({ user: params.user }))
    scope.post('/echo', async ({ body }) => ({ body }))
    scope.get('/wait/:id', () => new Promise(() => {}))
    declare?.(scope)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { server: app.server, close: () => app.close() }
}

await tryOne(plugins, async (plugin, order) => {
  const { options: given, remove, said } = createOptions()
  const errors = []
  const options = { ...given, ...plugin.options }
  const context = { order, options, errors, far: await apis.startFar(), root: given.dir }
  const { server, close } = await (plugin.serve ?? (what => serveWith(plugin, what)))(context)
  const origin = `http://127.0.0.1:${server.address().port}`
  await checkApp({ origin, headers: plugin.headers, errors, waitRoute: '/wait/:id', more: plugin.more })
  server.closeAllConnections()
  await close()
  remove()
  assert.deepEqual(said, [])
})
