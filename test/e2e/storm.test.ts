import type { Socket } from 'node:net'
import type { Sample } from '@autodump/core'
import autodump from '@autodump/fastify'
import Fastify, { type FastifyInstance } from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { cert, key } from '../../packages/core/src/testing/certificate.js'
import { stormHttp1, stormHttp2 } from '../../packages/core/src/testing/storm.js'
import { eventually, noRules, pause, temporaryDirectory } from '../support.js'

const silent = { info: () => {}, warn: () => {}, error: () => {} }

/** A server that does what the clients of the storm ask for, but lets them wait while `held`. Resolves with its port. */
async function serve(
  options: object,
  monitored: boolean,
  held: () => boolean,
): Promise<{ app: FastifyInstance; port: number }> {
  const app = Fastify(options) as unknown as FastifyInstance
  if (monitored) {
    await app.register(autodump, {
      dir: temporaryDirectory(),
      interval: 50,
      auth: false,
      logger: silent,
      thresholds: noRules,
    })
  }
  const waiting: (() => void)[] = []
  const timer = setInterval(() => {
    if (held()) return
    for (const answer of waiting.splice(0)) answer()
  }, 60)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume().on('end', () => done(null))
    payload.on('error', done)
  })
  app.get('/ok', async () => 'ok')
  app.get('/wait', () => new Promise(resolve => waiting.push(() => resolve('done'))))
  app.get('/destroy', (_request, reply) => void reply.raw.destroy())
  app.get('/stream', (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200)
    reply.raw.write('first')
    waiting.push(() => reply.raw.end('last'))
  })
  app.post('/body', async () => 'got it')
  app.server.on('upgrade', (_request, socket: Socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
    socket.on('error', () => {})
    waiting.push(() => socket.destroy())
  })
  app.server.on('connect', (_request, socket: Socket) => void socket.on('error', () => {}).destroy())
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  onTestFinished(async () => {
    clearInterval(timer)
    const closing = app.close()
    // Node waits for connections that have not said anything yet, and for HTTP/2 bodies that nobody reads.
    const cut = setInterval(() => {
      for (const socket of sockets) socket.destroy()
    }, 20)
    await closing
    clearInterval(cut)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, port: (app.server.address() as { port: number }).port }
}

it('the count of requests in flight counts down to nothing after everything that clients do to a server', async () => {
  const counts: (number | null)[] = []
  // Nothing that waits is answered before a sample has seen the storm.
  let peak = 0
  const held = () => peak <= 20
  const plain = await serve({}, true, held)
  const tls = await serve({ https: { key, cert } }, false, held)
  const http2 = await serve({ http2: true, https: { key, cert, allowHTTP1: true } }, false, held)
  const { app } = plain
  const watch = ({ values }: Sample) => {
    counts.push(values.inFlight ?? null)
    peak = Math.max(peak, values.inFlight ?? 0)
  }
  app.autodump.on('sample', watch)

  const clients = [
    ...stormHttp1({ plain: plain.port, tls: tls.port }, 6),
    ...stormHttp2(`https://127.0.0.1:${http2.port}`, 6),
  ]
  const injected = Array.from({ length: 50 }, (_, index) =>
    app.inject(['/ok', '/wait', '/destroy', '/nothing'][index % 4] as string).catch(() => {}),
  )
  await eventually('a sample of the storm', () => !held())
  await Promise.all(injected)
  await pause(300)
  for (const client of clients) client.destroy()

  // What comes after the storm must stay at nothing, and count what is new.
  counts.length = 0
  await eventually('nothing in flight', () => counts.slice(-3).join() === '0,0,0')
  expect(app.autodump.status().errors).toEqual([])
  const again = app.inject('/wait')
  const { state } = await app.autodump.trigger({ capture: ['requests'] })
  expect(state).toBe('complete')
  expect((await again).body).toBe('done')
})
