// What is checked beside a middleware that brings more than a request and its answer.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { eventually } from './check.mjs'

/** A server behind the app, for what passes requests on. It says "far". */
export async function startFar() {
  const server = createServer((_req, res) => res.end('far')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}

export const reachesFar = async ({ mine }) => assert.equal(await (await mine('/far/x')).text(), 'far')

export const echoes = socket => socket.on('message', text => socket.send(String(text)))

/** WebSockets at /socket that echo. */
export async function talksBySocket({ origin, inFlight }) {
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

export const socketIo = {
  async use(app, { server = app.server }) {
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
}

/** A router of tRPC whose procedures wait. */
export async function createProcedures() {
  const { initTRPC } = await import('@trpc/server')
  const t = initTRPC.create()
  const wait = t.procedure.query(() => new Promise(() => {}))
  return t.router({ user: wait, order: t.router({ slow: wait }) })
}

/** It is at /trpc. */
export async function hasProcedures({ inFlight, groups, mine }) {
  const abort = new AbortController()
  for (const path of ['order.slow', 'order.slow,user', 'user,order.slow', 'user,user'])
    mine(`/trpc/${path}?batch=1`, { signal: abort.signal }).catch(() => {})
  await eventually('the procedures are in flight', 4, inFlight)
  assert.deepEqual(await groups(), ['1 GET /trpc/order.slow', '3 GET /trpc/:procedures (batch)'])
  abort.abort()
}

/** A schema of GraphQL whose operations wait. */
export const schema = 'type Query { slow: String }'
export const resolvers = { Query: { slow: () => new Promise(() => {}) } }

/** It is at /graphql. */
export async function hasOperations({ mine, groups, inFlight }) {
  const abort = new AbortController()
  for (const name of ['Slow', 'Slow', 'Other'])
    mine('/graphql', {
      method: 'POST',
      signal: abort.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `query ${name} { slow }`, operationName: name }),
    }).catch(() => {})
  await eventually('the operations are in flight', 3, inFlight)
  await eventually('the operations have their names', ['1 POST /graphql Other', '2 POST /graphql Slow'], groups)
  abort.abort()
}
