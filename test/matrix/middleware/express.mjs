// Middleware of Express: `node express.mjs express helmet`, or `express-4`.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { autodump } from '@autodump/express'
import * as apis from './apis.mjs'
import { checkServer, createOptions, tryOne } from './check.mjs'

const load = async name => (await import(name)).default ?? (await import(name))

/** Middleware that takes options, or none. */
const plain = (name, ...options) => ({ use: async app => app.use((await load(name))(...options)) })

const middlewares = {
  none: { use() {} },
  helmet: plain('helmet'),
  cors: plain('cors'),
  compression: plain('compression', { threshold: 0 }),
  morgan: plain('morgan', 'combined', { stream: { write() {} } }),
  'express-session': plain('express-session', { secret: 's', resave: true, saveUninitialized: true, rolling: true }),
  'cookie-parser': plain('cookie-parser', 'secret'),
  'cookie-session': {
    async use(app) {
      app.use((await load('cookie-session'))({ keys: ['secret'] }))
      app.use(({ session }, _res, next) => {
        session.views = (session.views ?? 0) + 1
        next()
      })
    },
  },
  'body-parser': {
    async use(app, { version }) {
      // The second does not see that a body has been read where the first is of another major version.
      const parser = await load(version === 'express-4' ? 'body-parser-1' : 'body-parser')
      app.use(parser.json(), parser.urlencoded({ extended: true }), parser.text(), parser.raw())
    },
  },
  multer: { use: async app => app.use((await load('multer'))().any()) },
  passport: {
    async use(app) {
      app.use((await load('express-session'))({ secret: 's', resave: false, saveUninitialized: false }))
      const { Passport } = await load('passport')
      const passport = new Passport()
      app.use(passport.initialize(), passport.session())
    },
  },
  'connect-flash': {
    async use(app) {
      app.use((await load('express-session'))({ secret: 's', resave: false, saveUninitialized: false }))
      app.use((await load('connect-flash'))())
      app.use((req, _res, next) => {
        req.flash('seen', req.path)
        next()
      })
    },
  },
  'express-rate-limit': plain('express-rate-limit', { limit: 100_000 }),
  'express-slow-down': plain('express-slow-down', { delayAfter: 100_000 }),
  'csrf-csrf': {
    async use(app) {
      app.use((await load('cookie-parser'))())
      const { doubleCsrf } = await import('csrf-csrf')
      const csrf = doubleCsrf({
        getSecret: () => 'secret',
        getSessionIdentifier: () => 'me',
        skipCsrfProtection: ({ path }) => path === '/echo',
      })
      app.use(csrf.doubleCsrfProtection)
    },
    // Before ours it guards ours as well, as it should: writes have no token here.
    order: ['after'],
  },
  'http-proxy-middleware': {
    async use(app) {
      const { createProxyMiddleware } = await import('http-proxy-middleware')
      app.use('/far', createProxyMiddleware({ target: await apis.startFar() }))
    },
    more: apis.reachesFar,
  },
  'express-http-proxy': {
    use: async app => app.use('/far', (await load('express-http-proxy'))(await apis.startFar())),
    more: apis.reachesFar,
  },
  'serve-static': plain('serve-static', import.meta.dirname),
  'serve-index': { use: async app => app.use('/files', (await load('serve-index'))(import.meta.dirname)) },
  'serve-favicon': plain('serve-favicon', Buffer.alloc(4)),
  'response-time': plain('response-time'),
  'connect-timeout': plain('connect-timeout', '60s'),
  'method-override': plain('method-override'),
  'express-fileupload': plain('express-fileupload'),
  'pino-http': plain('pino-http', {}, { write() {} }),
  'express-winston': {
    async use(app) {
      const { createLogger, transports } = await load('winston')
      const { logger } = await load('express-winston')
      app.use(logger({ winstonInstance: createLogger({ silent: true, transports: [new transports.Console()] }) }))
    },
  },
  'express-validator': {
    async use(app) {
      const { body, query } = await import('express-validator')
      app.use(body('a').optional().isInt(), query('limit').optional().isInt())
    },
  },
  'express-openapi-validator': {
    async use(app) {
      const { middleware } = await load('express-openapi-validator')
      const apiSpec = { openapi: '3.0.0', info: { title: 'Shop', version: '1' }, paths: {} }
      app.use(middleware({ apiSpec, ignoreUndocumented: true }))
    },
  },
  'swagger-ui-express': {
    async use(app) {
      const { serve, setup } = await load('swagger-ui-express')
      app.use('/docs', serve, setup({ openapi: '3.0.0', info: { title: 'Shop', version: '1' }, paths: {} }))
    },
    more: async ({ mine }) => assert.match(await (await mine('/docs/')).text(), /swagger-ui/),
  },
  'express-prom-bundle': {
    async use(app) {
      const { Registry } = await load('prom-client')
      app.use((await load('express-prom-bundle'))({ includePath: true, promRegistry: new Registry() }))
    },
    more: async ({ mine }) =>
      assert.match(await (await mine('/metrics')).text(), /http_request_duration_seconds_count/),
  },
  'express-basic-auth': {
    ...plain('express-basic-auth', { users: { ann: 'secret' } }),
    // Before ours it guards ours as well, and its header is where the token would be.
    headers: { authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` },
    options: { auth: { authorize: () => true } },
  },
  'express-jwt': {
    async use(app) {
      const { expressjwt } = await import('express-jwt')
      app.use(expressjwt({ secret: 'secret', algorithms: ['HS256'], credentialsRequired: false }))
    },
    // Before ours it takes the token for one of its own, and refuses it.
    order: ['after'],
  },
  'connect-history-api-fallback': {
    ...plain('connect-history-api-fallback', { htmlAcceptHeaders: ['text/html'] }),
    // Before ours it sends whoever asks for our page to the page of the app, as with every other page.
    order: ['after'],
  },
  vhost: plain('vhost', 'other.example', (_req, res) => void res.end('other')),
  'express-ws': {
    async use(app, { server }) {
      ;(await load('express-ws'))(app, server)
      app.ws('/socket', apis.echoes)
    },
    more: apis.talksBySocket,
  },
  ws: {
    async use(_app, { server }) {
      const { WebSocketServer } = await import('ws')
      new WebSocketServer({ server, path: '/socket' }).on('connection', apis.echoes)
    },
    more: apis.talksBySocket,
  },
  'socket.io': apis.socketIo,
  '@apollo/server': {
    async use(app, { dumps, express }) {
      const { ApolloServer } = await import('@apollo/server')
      const { expressMiddleware } = await import('@as-integrations/express5')
      const operations = {
        async requestDidStart() {
          return {
            async didResolveOperation({ contextValue, operationName }) {
              if (operationName) dumps.monitor.requests.name(contextValue.req, operationName)
            },
          }
        },
      }
      const server = new ApolloServer({
        typeDefs: apis.schema,
        resolvers: apis.resolvers,
        plugins: [operations],
      })
      await server.start()
      app.use('/graphql', express.json(), expressMiddleware(server, { context: async ({ req }) => ({ req }) }))
    },
    more: apis.hasOperations,
  },
  'graphql-yoga': {
    async use(app, { dumps }) {
      const { createSchema, createYoga } = await import('graphql-yoga')
      const operations = {
        onExecute({ args: { contextValue, document } }) {
          const operation = document.definitions.find(({ kind }) => kind === 'OperationDefinition')
          if (operation?.name) dumps.monitor.requests.name(contextValue.req, operation.name.value)
        },
      }
      const schema = createSchema({ typeDefs: apis.schema, resolvers: apis.resolvers })
      const yoga = createYoga({ schema, plugins: [operations], logging: false })
      app.use(yoga.graphqlEndpoint, yoga)
    },
    more: apis.hasOperations,
  },
  '@trpc/server': {
    async use(app) {
      const { createExpressMiddleware } = await import('@trpc/server/adapters/express')
      app.use('/trpc', createExpressMiddleware({ router: await apis.createProcedures() }))
    },
    more: apis.hasProcedures,
  },
  '@nestjs/platform-express': {
    async serve({ dumps }) {
      const { NestFactory } = await import('@nestjs/core')
      const { ExpressAdapter } = await import('@nestjs/platform-express')
      const { Root } = await import('./nest.mjs')
      const app = await NestFactory.create(Root, new ExpressAdapter(), { logger: false })
      app.use(dumps)
      await app.listen(0, '127.0.0.1')
      return app.getHttpServer()
    },
    order: ['after'],
  },
}

/** An app with a middleware before ours or after. */
async function serveWith({ use }, { dumps, errors, order, version }) {
  const express = await load(version)
  const app = express()
  const server = createServer(app)
  const context = { server, express, dumps, version }
  if (order === 'before') await use(app, context)
  app.use(dumps)
  if (order === 'after') await use(app, context)
  app.get('/users/:user', ({ params }, res) => void res.json({ user: params.user }))
  app.post('/echo', express.json(), ({ body }, res) => void res.json({ body }))
  app.get('/wait/:id', () => {})
  app.use((error, _req, res, _next) => {
    errors.push(error)
    res.status(500).end()
  })
  return server
}

await tryOne(middlewares, async (middleware, order, version) => {
  const { options, remove, said } = createOptions()
  const errors = []
  const dumps = autodump({ ...options, ...middleware.options })
  const context = { dumps, errors, order, version }
  const server = await (middleware.serve ?? (what => serveWith(middleware, what)))(context)
  await checkServer(server, { headers: middleware.headers, errors, waitRoute: '/wait/:id', more: middleware.more })
  await dumps.monitor.stop()
  remove()
  assert.deepEqual(said, [])
})
