// Middleware of Express: `node express.mjs express helmet`, or `express-4`.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { autodump } from '@autodump/express'
import { checkServer, createOptions, eventually, tryOne } from './check.mjs'

const load = async name => (await import(name)).default ?? (await import(name))

/** What holds of a GraphQL server at /graphql whose operations wait. */
async function groupsOfGraphql({ origin, groups, inFlight }, expected) {
  const abort = new AbortController()
  for (const name of ['Slow', 'Slow', 'Other'])
    fetch(`${origin}/graphql`, {
      method: 'POST',
      signal: abort.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `query ${name} { slow }`, operationName: name }),
    }).catch(() => {})
  await eventually('the operations are in flight', 3, inFlight)
  await eventually('the operations have their names', expected, groups)
  abort.abort()
}

const named = ['1 POST /graphql Other', '2 POST /graphql Slow']

const middlewares = {
  none: { use() {} },
  helmet: { use: async app => app.use((await load('helmet'))()) },
  cors: { use: async app => app.use((await load('cors'))()) },
  compression: { use: async app => app.use((await load('compression'))({ threshold: 0 })) },
  morgan: { use: async app => app.use((await load('morgan'))('combined', { stream: { write() {} } })) },
  'express-session': {
    use: async app =>
      app.use((await load('express-session'))({ secret: 's', resave: true, saveUninitialized: true, rolling: true })),
  },
  'cookie-parser': { use: async app => app.use((await load('cookie-parser'))('secret')) },
  'body-parser': {
    async use(app) {
      const parser = await load('body-parser')
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
  'express-rate-limit': { use: async app => app.use((await load('express-rate-limit'))({ limit: 100_000 })) },
  'express-slow-down': { use: async app => app.use((await load('express-slow-down'))({ delayAfter: 100_000 })) },
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
      const target = createServer((_req, res) => res.end('far')).listen(0, '127.0.0.1')
      await once(target, 'listening')
      const { createProxyMiddleware } = await import('http-proxy-middleware')
      app.use('/far', createProxyMiddleware({ target: `http://127.0.0.1:${target.address().port}` }))
    },
    more: async ({ mine }) => assert.equal(await (await mine('/far/x')).text(), 'far'),
  },
  'serve-static': { use: async app => app.use((await load('serve-static'))(import.meta.dirname)) },
  'response-time': { use: async app => app.use((await load('response-time'))()) },
  'connect-timeout': { use: async app => app.use((await load('connect-timeout'))('60s')) },
  'method-override': { use: async app => app.use((await load('method-override'))()) },
  'express-ws': {
    async use(app, { server }) {
      ;(await load('express-ws'))(app, server)
      app.ws('/socket', socket => socket.on('message', text => socket.send(String(text))))
    },
    more: talksBySocket,
  },
  ws: {
    async use(_app, { server }) {
      const { WebSocketServer } = await import('ws')
      new WebSocketServer({ server, path: '/socket' }).on('connection', socket =>
        socket.on('message', text => socket.send(String(text))),
      )
    },
    more: talksBySocket,
  },
  'socket.io': {
    async use(_app, { server }) {
      const { Server } = await import('socket.io')
      new Server(server).on('connection', socket => socket.on('say', (text, answer) => answer(text)))
    },
    async more({ origin, inFlight }) {
      const { io } = await import('socket.io-client')
      const clients = [1, 2, 3].map(() => io(origin, { transports: ['websocket'], forceNew: true }))
      for (const client of clients) assert.equal(await client.emitWithAck('say', 'x'), 'x')
      await eventually('WebSockets are no requests', 0, inFlight)
      for (const client of clients) client.close()
    },
  },
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
        typeDefs: 'type Query { slow: String }',
        resolvers: { Query: { slow: () => new Promise(() => {}) } },
        plugins: [operations],
      })
      await server.start()
      app.use('/graphql', express.json(), expressMiddleware(server, { context: async ({ req }) => ({ req }) }))
    },
    more: app => groupsOfGraphql(app, named),
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
      const schema = createSchema({
        typeDefs: 'type Query { slow: String }',
        resolvers: { Query: { slow: () => new Promise(() => {}) } },
      })
      const yoga = createYoga({ schema, plugins: [operations], logging: false })
      app.use(yoga.graphqlEndpoint, yoga)
    },
    more: app => groupsOfGraphql(app, named),
  },
  '@trpc/server': {
    async use(app) {
      const { initTRPC } = await import('@trpc/server')
      const { createExpressMiddleware } = await import('@trpc/server/adapters/express')
      const t = initTRPC.create()
      const wait = t.procedure.query(() => new Promise(() => {}))
      const router = t.router({ user: wait, order: t.router({ slow: wait }) })
      app.use('/trpc', createExpressMiddleware({ router }))
    },
    async more({ inFlight, groups, mine }) {
      const abort = new AbortController()
      for (const path of ['order.slow', 'order.slow,user', 'user,order.slow', 'user,user'])
        mine(`/trpc/${path}?batch=1`, { signal: abort.signal }).catch(() => {})
      await eventually('the procedures are in flight', 4, inFlight)
      assert.deepEqual(await groups(), ['1 GET /trpc/order.slow', '3 GET /trpc/:procedures (batch)'])
      abort.abort()
    },
  },
}

async function talksBySocket({ origin, inFlight }) {
  const { WebSocket } = await import('ws')
  const sockets = []
  for (let count = 0; count < 3; count++) {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`)
    sockets.push(socket)
    await once(socket, 'open')
    const answer = once(socket, 'message')
    socket.send('x')
    assert.equal(String((await answer)[0]), 'x')
  }
  await eventually('WebSockets are no requests', 0, inFlight)
  for (const socket of sockets) socket.terminate()
}

await tryOne(middlewares, async ({ use, headers, more }, order, version) => {
  const express = await load(version)
  const { options, remove, said } = createOptions()
  const app = express()
  const server = createServer(app)
  const errors = []
  const dumps = autodump(options)
  const context = { server, express, dumps }
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
  await checkServer(server, { headers, errors, waitRoute: '/wait/:id', more })
  await dumps.monitor.stop()
  remove()
  assert.deepEqual(said, [])
})
