import { once } from 'node:events'
import {
  type ClientHttp2Session,
  connect,
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Stream,
} from 'node:http2'
import { get as getTls } from 'node:https'
import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { cert, key } from '../../../testing/certificate.js'
import { createHandler, later, open, serve, startInFlight, tidyUp } from '../../../testing/in-flight-server.js'
import { request, until } from '../../../testing/sockets.js'

afterEach(tidyUp)

async function session(server: Http2Server | Http2SecureServer, scheme = 'http'): Promise<ClientHttp2Session> {
  const port = await serve(server)
  const client = later(connect(`${scheme}://127.0.0.1:${port}`, { rejectUnauthorized: false }))
  client.on('error', () => {})
  await once(client, 'connect')
  return client
}

function send(client: ClientHttp2Session, path: string, options: { method?: string; endStream?: boolean } = {}) {
  const { method = 'GET', endStream = true } = options
  const stream = client.request({ ':path': path, ':method': method }, { endStream })
  stream.on('error', () => {}).resume()
  return stream
}

const secure = () => createSecureServer({ key, cert, allowHTTP1: true })

describe('requests of HTTP/2', () => {
  it.each([
    ['cleartext', () => createServer(), 'http'],
    ['TLS', secure, 'https'],
  ] as const)('counts each stream of the compatibility API until it is answered: %s', async (_name, make, scheme) => {
    const inFlight = startInFlight()
    const { handler, waiting } = createHandler()
    const client = await session(make().on('request', handler), scheme)
    for (let index = 0; index < 5; index++) send(client, '/wait')
    const body = send(client, '/body', { method: 'POST', endStream: false })
    send(client, '/stream')
    await until(() => waiting.length === 6)
    expect(open(inFlight)).toBe(7)
    const states = inFlight.table().rows.map(({ state }) => state)
    expect(states.sort()).toEqual([...Array(5).fill('handling'), 'receiving', 'streaming'])
    expect(inFlight.table().rows[0]).toMatchObject({ method: 'GET', protocol: 'h2', remoteAddress: '127.0.0.1' })
    for (const { res } of waiting) res.end()
    body.end('whole')
    await until(
      () => open(inFlight) === 0,
      () => open(inFlight),
    )
  })

  it('counts each stream of the stream API', async () => {
    const inFlight = startInFlight()
    const streams: ServerHttp2Stream[] = []
    const client = await session(createServer().on('stream', stream => streams.push(stream)))
    send(client, '/a?secret')
    send(client, '/b', { method: 'HEAD' })
    await until(() => streams.length === 2)
    expect(inFlight.scan()).toBe(2)
    expect(inFlight.table().rows.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /a', 'HEAD /b'])
    for (const stream of streams) stream.respond({ ':status': 200 })
    streams[0]?.end('done')
    await until(() => inFlight.scan() === 0, inFlight.scan)
  })

  it('does not turn a server of the stream API into one of the compatibility API', async () => {
    startInFlight()
    const server = createServer()
    const streams: ServerHttp2Stream[] = []
    server.on('stream', stream => streams.push(stream))
    const client = await session(server)
    send(client, '/')
    await until(() => streams.length === 1)
    expect(server.listenerCount('request')).toBe(0)
    expect(server.listenerCount('stream')).toBe(2)
  })

  it('forgets streams that were reset by either side, and those of a session that died', async () => {
    const inFlight = startInFlight()
    const { handler, waiting } = createHandler()
    const client = await session(createServer(handler))
    const cancelled = send(client, '/wait/0')
    for (let index = 1; index < 4; index++) send(client, `/wait/${index}`)
    send(client, '/destroy')
    await until(() => waiting.length === 4)
    await until(() => inFlight.scan() === 4, inFlight.scan)
    cancelled.close()
    await until(() => inFlight.scan() === 3, inFlight.scan)
    waiting.find(({ url }) => url === '/wait/1')?.res.destroy()
    await until(() => inFlight.scan() === 2, inFlight.scan)
    client.destroy()
    await until(() => inFlight.scan() === 0, inFlight.scan)
  })

  it('forgets a request that was answered before its body came', async () => {
    const inFlight = startInFlight()
    const client = await session(createServer((_req, res) => void res.end('no')))
    const stream = send(client, '/', { method: 'POST', endStream: false })
    await once(stream, 'response')
    await until(() => inFlight.scan() === 0, inFlight.scan)
  })

  it('does not count tunnels', async () => {
    const inFlight = startInFlight()
    const streams: ServerHttp2Stream[] = []
    const server = createServer().on('stream', stream => {
      streams.push(stream)
      stream.respond({ ':status': 200 })
    })
    const client = await session(server)
    client.request({ ':method': 'CONNECT', ':authority': 'example.com:443' }).on('error', () => {})
    await until(() => streams.length === 1)
    expect(inFlight.scan()).toBe(0)
  })

  it('counts HTTP/1 requests to a server that allows them, pipelined ones too', async () => {
    const inFlight = startInFlight()
    const { handler, waiting } = createHandler()
    const server = secure().on('request', handler)
    const port = await serve(server)
    later(getTls({ port, path: '/wait/plain', rejectUnauthorized: false })).on('error', () => {})
    const pipelining = later(connectTls({ port, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] }))
    pipelining.on('error', () => {})
    pipelining.write(Array.from({ length: 10 }, (_, index) => request('GET', `/wait/${index}`)).join(''))
    await until(() => waiting.length === 11)
    expect(inFlight.scan()).toBe(11)
    for (const { res } of waiting) res.end()
    await until(() => inFlight.scan() === 0, inFlight.scan)
  })

  it('does not count streams that an adapter says are ours, nor those below the prefix', async () => {
    const inFlight = startInFlight({ adminPrefix: '/debug/autodump' })
    const { handler, waiting } = createHandler()
    const server = createServer((req, res) => {
      if (req.url === '/wait/ours') inFlight.ignore(req)
      handler(req, res)
    })
    const client = await session(server)
    send(client, '/wait/ours')
    send(client, '/debug/autodump/stream?x=1')
    send(client, '/wait/theirs')
    await until(() => waiting.length === 3)
    expect(inFlight.scan()).toBe(1)
    expect(inFlight.table().rows.map(({ url }) => url)).toEqual(['/wait/theirs'])
  })

  it('hands the request of the compatibility API to the function that finds routes', async () => {
    const inFlight = startInFlight()
    const { handler, waiting } = createHandler()
    const client = await session(
      createServer((req, res) => {
        Object.assign(req, { mark: '/wait/:id' })
        handler(req, res)
      }),
    )
    inFlight.setRouteOf((_request, raw) => (raw as { mark: string }).mark)
    send(client, '/wait/7')
    await until(() => waiting.length === 1)
    expect(inFlight.table().rows).toMatchObject([{ url: '/wait/7', route: '/wait/:id' }])
  })

  it('leaves nothing behind on servers and streams', async () => {
    const inFlight = startInFlight()
    const server = createServer()
    const streams: ServerHttp2Stream[] = []
    server.on('stream', stream => streams.push(stream))
    const before = [server.listenerCount('stream'), server.listenerCount('close')]
    const client = await session(server)
    const connected = server.listenerCount('close')
    send(client, '/')
    await until(() => streams.length === 1)
    expect(server.listenerCount('stream')).toBe((before[0] as number) + 1)
    const held = streams[0]?.listenerCount('close') as number
    inFlight.stop()
    expect(server.listenerCount('stream')).toBe(before[0])
    expect(server.listenerCount('close')).toBe(connected - 1)
    expect(streams[0]?.listenerCount('close')).toBe(held - 1)
    expect(inFlight.scan()).toBe(0)
  })
})
