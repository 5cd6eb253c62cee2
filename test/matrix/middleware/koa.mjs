// Middleware of Koa: `node koa.mjs koa koa-session`, or `koa-2`.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { autodump } from '@autodump/koa'
import * as apis from './apis.mjs'
import { checkServer, createOptions, tryOne } from './check.mjs'

const load = async name => (await import(name)).default ?? (await import(name))
/** Middleware that takes options, or none. */
const plain = (name, ...options) => ({ use: async app => app.use((await load(name))(...options)) })

const middlewares = {
  none: { use() {} },
  'koa-session': {
    async use(app) {
      const session = await load('koa-session')
      app.keys = ['secret']
      app.use((session.createSession ?? session)({ rolling: true }, app))
      app.use((ctx, next) => {
        ctx.session.views = (ctx.session.views ?? 0) + 1
        return next()
      })
    },
  },
  'koa-bodyparser': { ...plain('koa-bodyparser'), parses: true },
  '@koa/bodyparser': { use: async app => app.use((await import('@koa/bodyparser')).bodyParser()), parses: true },
  'koa-body': { use: async app => app.use((await import('koa-body')).koaBody()), parses: true },
  '@koa/cors': plain('@koa/cors'),
  'koa-compress': plain('koa-compress', { threshold: 0 }),
  'koa-helmet': plain('koa-helmet'),
  'koa-static': plain('koa-static', import.meta.dirname),
  'koa-static, deferred': plain('koa-static', import.meta.dirname, { defer: true }),
  'koa-logger': plain('koa-logger', () => {}),
  'koa-ratelimit': plain('koa-ratelimit', { driver: 'memory', db: new Map(), max: 100_000 }),
  'koa-conditional-get, koa-etag': {
    async use(app) {
      app.use((await load('koa-conditional-get'))())
      app.use((await load('koa-etag'))())
    },
  },
  'koa-response-time': plain('koa-response-time'),
  'koa-json': plain('koa-json'),
  'koa-favicon': plain('koa-favicon'),
  'koa-passport': { use: async app => app.use((await load('koa-passport')).initialize()) },
  'koa-connect': {
    use: async app => app.use((await load('koa-connect'))((await load('helmet'))())),
  },
  'koa-basic-auth': {
    ...plain('koa-basic-auth', { name: 'ann', pass: 'secret' }),
    // Before ours it guards ours as well, and its header is where the token would be.
    headers: { authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` },
    options: { auth: { authorize: () => true } },
  },
  'what comes after next': {
    use: app =>
      app.use(async (ctx, next) => {
        await next()
        // A page for what is not found, and a check that somebody has answered: both are often written so.
        if (ctx.status === 404 && !ctx.body) Object.assign(ctx, { body: 'nothing here', status: 404 })
        if (!ctx.body) ctx.throw(500, 'nobody has answered')
        ctx.set('x-late', 'yes')
        ctx.cookies.set('late', 'yes')
        ctx.vary('Origin')
        ctx.res.setHeader('x-later', 'yes')
        ctx.res.appendHeader('x-later', 'still')
        ctx.res.removeHeader('x-powered-by')
      }),
  },
  'koa-jwt': plain('koa-jwt', { secret: 'secret', passthrough: true }),
  'koa-morgan': plain('koa-morgan', 'combined', { stream: { write() {} } }),
  'koa-pino-logger': plain('koa-pino-logger', {}, { write() {} }),
  'koa-proxies': {
    use: async app => app.use((await load('koa-proxies'))('/far', { target: await apis.startFar() })),
    more: apis.reachesFar,
  },
  'koa-send': {
    async use(app) {
      const send = await load('koa-send')
      app.use(async (ctx, next) => {
        if (ctx.path.endsWith('.mjs')) await send(ctx, ctx.path, { root: import.meta.dirname })
        else await next()
      })
    },
  },
  'koa-static-cache': plain('koa-static-cache', import.meta.dirname),
  '@koa/ejs': {
    use: async app => (await load('@koa/ejs'))(app, { root: import.meta.dirname }),
  },
  '@koa/multer': { use: async app => app.use((await load('@koa/multer'))().any()) },
  'koa-router': {
    async use(app) {
      const router = new (await load('koa-router'))({ prefix: '/shops' })
      router.get('/:shop', ctx => {
        ctx.body = ctx.params.shop
      })
      app.use(router.routes()).use(router.allowedMethods())
    },
    more: async ({ mine }) => assert.equal(await (await mine('/shops/a')).text(), 'a'),
  },
  ws: {
    async use(_app, { server }) {
      const { WebSocketServer } = await import('ws')
      new WebSocketServer({ server, path: '/socket' }).on('connection', apis.echoes)
    },
    more: apis.talksBySocket,
  },
  'socket.io': apis.socketIo,
}

await tryOne(middlewares, async ({ use, headers, options: more, parses, more: also }, order, version) => {
  const Koa = await load(version)
  const { default: Router } = await import('@koa/router')
  const { default: mount } = await import('koa-mount')
  const { options, remove, said } = createOptions()
  const app = new Koa()
  app.silent = true
  const server = createServer((req, res) => listener(req, res))
  const errors = []
  app.on('error', error => errors.push(error))
  const dumps = autodump({ ...options, ...more })
  if (order === 'before') await use(app, { server })
  app.use(dumps)
  if (order === 'after') await use(app, { server })
  if (!parses) app.use(mount('/echo', (await import('@koa/bodyparser')).bodyParser()))
  const router = new Router()
  router.get('/users/:user', ctx => {
    ctx.body = { user: ctx.params.user }
  })
  router.post('/echo', ctx => {
    ctx.body = { body: ctx.request.body }
  })
  router.get('/wait/:id', () => new Promise(() => {}))
  app.use(router.routes())
  const listener = app.callback()
  await checkServer(server, { headers, errors, waitRoute: '/wait/:id', more: also })
  await dumps.monitor.stop()
  remove()
  assert.deepEqual(said, [])
})
