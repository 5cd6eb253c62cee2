import { once } from 'node:events'
import { createServer, get, ServerResponse } from 'node:http'
import { createServer as createTlsServer, get as getTls } from 'node:https'
import { createServer as createNetServer } from 'node:net'
import { Duplex } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { cert, key } from '../../../testing/certificate.js'
import { createHandler, later, open, serve, startInFlight, tidyUp } from '../../../testing/in-flight-server.js'
import { collectGarbage, rawClient, request, until } from '../../../testing/sockets.js'

afterEach(tidyUp)

async function setUp(options: { adminPrefix?: string; now?: () => number } = {}) {
  const inFlight = startInFlight(options)
  const { handler, waiting } = createHandler()
  const server = createServer(handler)
  const port = await serve(server)
  const client = () => {
    const { socket, heard } = rawClient(port)
    later(socket)
    return { socket, heard, send: (...args: Parameters<typeof request>) => socket.write(request(...args)) }
  }
  return { inFlight, waiting, server, port, client, states: () => inFlight.table().rows.map(({ state }) => state) }
}

describe('requests of HTTP/1', () => {
  it('counts a request until it is answered, and an idle connection as nothing', async () => {
    const { inFlight, waiting, client } = await setUp()
    const { send, heard } = client()
    expect(inFlight.scan()).toBe(0)
    for (let round = 0; round < 3; round++) {
      send('GET', '/wait')
      await until(() => waiting.length === 1)
      expect(inFlight.scan()).toBe(1)
      waiting.pop()?.res.end('done')
      await until(() => heard().split('done').length === round + 2)
      expect(inFlight.scan()).toBe(0)
    }
  })

  it('sees a request on a connection that is older than itself', async () => {
    const { inFlight, waiting, client } = await setUp()
    inFlight.stop()
    const { send, heard } = client()
    send('GET', '/ok')
    await until(() => heard().endsWith('ok'))
    inFlight.start()
    send('GET', '/wait')
    await until(() => waiting.length === 1)
    expect(inFlight.scan()).toBe(1)
  })

  it('counts each of ten pipelined requests, until each is answered', async () => {
    const { inFlight, waiting, client, states } = await setUp()
    const { socket, heard } = client()
    socket.write(Array.from({ length: 10 }, (_, index) => request('GET', `/wait/${index}`)).join(''))
    await until(() => waiting.length === 10)
    expect(inFlight.scan()).toBe(10)
    expect(states()).toEqual(['handling', ...Array(9).fill('queued')])

    // Out of turn: its response waits for those before it.
    waiting[5]?.res.end('done')
    await new Promise(setImmediate)
    expect(inFlight.scan()).toBe(10)

    for (const [answered, index] of [0, 1, 2, 3, 4].entries()) {
      waiting[index]?.res.end('done')
      await until(() => heard().split('done').length - 1 >= answered + 1)
      await until(() => inFlight.scan() === (index === 4 ? 4 : 9 - answered), inFlight.scan)
    }
    expect(inFlight.table().rows.map(({ url }) => url)).toEqual(['/wait/6', '/wait/7', '/wait/8', '/wait/9'])
    for (const { res } of waiting.slice(6)) res.end('done')
    await until(() => heard().split('done').length === 11)
    expect(inFlight.scan()).toBe(0)
  })

  it('counts pipelined requests that keep coming without a scan in between, and holds no answered ones', async () => {
    const { inFlight, waiting, client } = await setUp()
    const { socket, heard } = client()
    socket.write(request('GET', '/wait/0'))
    for (let index = 0; index < 100; index++) {
      socket.write(request('GET', `/wait/${index + 1}`))
      await until(() => waiting.length === index + 2)
      waiting[index]?.res.end('done')
      await until(() => heard().split('done').length === index + 2)
    }
    const answered = waiting.splice(0, 100).map(({ res }) => new WeakRef(res))
    const held = () => answered.filter(ref => ref.deref()).length
    await until(() => {
      collectGarbage()
      // Some are followed until the next scan.
      return held() <= 16
    }, held)
    expect(inFlight.scan()).toBe(1)
    expect(inFlight.table().rows).toMatchObject([{ url: '/wait/100', state: 'handling' }])
  })

  it('forgets pipelined requests when their connection dies', async () => {
    const { inFlight, waiting, client } = await setUp()
    const { socket } = client()
    socket.write(Array.from({ length: 5 }, () => request('GET', '/wait')).join(''))
    await until(() => waiting.length === 5)
    expect(inFlight.scan()).toBe(5)
    socket.destroy()
    await until(() => inFlight.scan() === 0, inFlight.scan)
  })

  it('counts a streaming response until its end', async () => {
    const { inFlight, waiting, client, states } = await setUp()
    client().send('GET', '/stream')
    await until(() => waiting.length === 1)
    expect(states()).toEqual(['streaming'])
    waiting[0]?.res.end()
    await until(() => open(inFlight) === 0)
  })

  it('counts a response that is finished until it is flushed', async () => {
    const { inFlight, waiting, client, states } = await setUp()
    const { socket, send } = client()
    socket.pause()
    send('GET', '/big')
    await until(() => waiting.length === 1)
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(waiting[0]?.res.writableEnded).toBe(true)
    expect(states()).toEqual(['streaming'])
    socket.resume()
    await until(() => open(inFlight) === 0)
  })

  it('says while the body is still on its way', async () => {
    const { inFlight, client, states } = await setUp()
    const { socket, send, heard } = client()
    send('POST', '/body', { 'content-length': '10' })
    await until(() => inFlight.scan() === 1)
    expect(states()).toEqual(['receiving'])
    socket.write('0123456789')
    await until(() => heard().endsWith('got it'))
    expect(inFlight.scan()).toBe(0)
  })

  it('counts a request that waits for 100 Continue, whoever answers it', async () => {
    const { inFlight, waiting, server, client } = await setUp()
    client().send('POST', '/body', { 'content-length': '10', expect: '100-continue' })
    await until(() => inFlight.scan() === 1)

    server.on('checkContinue', (_req, res) => waiting.push({ url: '', res }))
    const { socket } = client()
    const wait = { 'content-length': '0', expect: '100-continue' }
    socket.write(request('POST', '/wait', wait) + request('POST', '/wait', wait))
    await until(() => waiting.length === 2)
    expect(inFlight.scan()).toBe(3)
  })

  it.each(['end', 'destroy'] as const)('forgets the request of a client that left by %s', async way => {
    const { inFlight, waiting, client } = await setUp()
    const { socket, send } = client()
    send('GET', '/stream')
    await until(() => waiting.length === 1)
    expect(open(inFlight)).toBe(1)
    socket[way]()
    if (way === 'end') waiting[0]?.res.end()
    await until(
      () => open(inFlight) === 0,
      () => open(inFlight),
    )
  })

  it('forgets a response that was destroyed', async () => {
    const { inFlight, client } = await setUp()
    const { socket, send } = client()
    send('GET', '/destroy')
    await once(socket, 'close')
    expect(inFlight.scan()).toBe(0)
  })

  it('counts nothing that never was a request', async () => {
    const { inFlight, client } = await setUp()
    const malformed = client()
    malformed.socket.write('NONSENSE\r\n\r\n')
    const homeless = client()
    homeless.socket.write('GET / HTTP/1.1\r\n\r\n')
    client().socket.write('GET /wait HT')
    await until(() => malformed.heard().includes('400') && homeless.heard().includes('400'))
    expect(inFlight.scan()).toBe(0)
  })

  it('does not count connections that were handed over by an upgrade or by CONNECT', async () => {
    const { inFlight, server, client } = await setUp()
    const handedOver: Duplex[] = []
    server.on('connect', (_req, socket) => handedOver.push(socket))
    server.on('upgrade', (req, socket) => {
      // As @fastify/websocket does, to run the hooks of the route.
      new ServerResponse(req).assignSocket(socket as never)
      handedOver.push(socket)
    })
    const websocket = client()
    // The connection is known from a request before.
    websocket.send('GET', '/ok')
    await until(() => websocket.heard().endsWith('ok'))
    websocket.send('GET', '/ws', { connection: 'upgrade', upgrade: 'websocket' })
    client().send('CONNECT', 'example.com:443')
    await until(() => handedOver.length === 2)
    expect(inFlight.scan()).toBe(0)
    for (const socket of handedOver) socket.destroy()
  })

  it('counts an upgrade that the server does not take as the request that it then is', async () => {
    const { inFlight, waiting, client } = await setUp()
    client().send('GET', '/wait', { connection: 'upgrade', upgrade: 'websocket' })
    await until(() => waiting.length === 1)
    expect(inFlight.scan()).toBe(1)
  })

  it('counts requests over TLS', async () => {
    const inFlight = startInFlight()
    const { handler, waiting } = createHandler()
    const port = await serve(createTlsServer({ key, cert }, handler))
    later(getTls({ port, path: '/wait', rejectUnauthorized: false })).on('error', () => {})
    await until(() => waiting.length === 1)
    expect(inFlight.scan()).toBe(1)
    expect(inFlight.table().rows).toMatchObject([{ url: '/wait', remoteAddress: '127.0.0.1', protocol: 'http/1.1' }])
    waiting[0]?.res.end()
    await until(() => inFlight.scan() === 0)
  })

  it('counts requests on connections that another server handed to it', async () => {
    const inFlight = startInFlight()
    const { handler, waiting } = createHandler()
    const server = createServer(handler)
    const port = await serve(createNetServer(socket => server.emit('connection', socket)))
    later(get({ port, path: '/wait' })).on('error', () => {})
    await until(() => waiting.length === 1)
    expect(inFlight.scan()).toBe(1)
  })

  it('forgets a stream that is no socket and never says that it closed', async () => {
    const inFlight = startInFlight()
    const { handler, waiting } = createHandler()
    const server = createServer(handler)
    const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done(), emitClose: false })
    stream.on('error', () => {})
    server.emit('connection', stream)
    stream.push(request('GET', '/wait'))
    await until(() => waiting.length === 1)
    expect(inFlight.scan()).toBe(1)
    stream.destroy()
    expect(inFlight.scan()).toBe(0)
  })
})
