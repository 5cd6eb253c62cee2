import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect as connectH2, createServer as createHttp2Server } from 'node:http2'
import { createServer as createTlsServer } from 'node:https'
import type { Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { cert, key } from '../../../testing/certificate.js'
import { later, serve, startInFlight, tidyUp } from '../../../testing/in-flight-server.js'
import { rawClient, request, until } from '../../../testing/sockets.js'

afterEach(tidyUp)

/** A server with that handler, one request to it, and the result of a scan once the handler has run. */
async function answeredBy(handler: (response: ServerResponse) => void) {
  const inFlight = startInFlight()
  const asked: ServerResponse[] = []
  const port = await serve(
    createServer((_, response) => {
      asked.push(response)
      handler(response)
    }),
  )
  later(rawClient(port).socket).write(request('GET', '/answer'))
  await until(() => asked.length === 1)
  return { inFlight: inFlight.scan(), streams: inFlight.found().streams, table: inFlight.table() }
}

const eventStream = { 'content-type': 'text/event-stream' }

describe('a request', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['whose handler has done nothing', () => {}],
    ['whose head is made and not sent', response => response.writeHead(200, { 'content-type': 'application/json' })],
    ['whose content type is set', response => response.setHeader('content-type', 'text/html')],
    ['that got hints', response => response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })],
  ])('%s is in flight', async (_, handler) => {
    const { inFlight, streams, table } = await answeredBy(handler)
    expect([inFlight, streams, table.streams]).toEqual([1, 0, 0])
    expect(table.rows).toMatchObject([{ state: 'handling' }])
  })

  it.each<[string, (response: ServerResponse) => void]>([
    ['that got a piece of its answer', response => response.write('first')],
    ['whose head was sent', response => response.writeHead(200).flushHeaders()],
    ['for events, before the first one', response => response.writeHead(200, eventStream)],
    ['for events that come through a pipe', response => response.setHeader('content-type', 'text/event-stream')],
  ])('%s is a stream', async (_, handler) => {
    const { inFlight, streams, table } = await answeredBy(handler)
    expect([inFlight, streams, table.streams]).toEqual([0, 1, 1])
    expect(table.rows).toMatchObject([{ state: 'streaming' }])
  })
})

const upgrade = (url: string) =>
  `GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGVzdA==\r\n\r\n`

/** As `ws` does: answers, and keeps the socket. */
function takeUpgrades(server: Server): Duplex[] {
  const taken: Duplex[] = []
  server.on('upgrade', (_: IncomingMessage, socket: Duplex) => {
    socket
      .on('error', () => {})
      .write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    taken.push(socket)
  })
  return taken
}

describe('a connection that was handed over', () => {
  it.each(['http', 'https'])('is a stream until it closes: %s', async scheme => {
    const inFlight = startInFlight()
    const answer = (_: IncomingMessage, response: ServerResponse) => void response.end('ok')
    const server = scheme === 'http' ? createServer(answer) : createTlsServer({ key, cert }, answer)
    const taken = takeUpgrades(server)
    const port = await serve(server)
    const client = () =>
      later(
        scheme === 'http'
          ? rawClient(port).socket
          : connectTls({ port, rejectUnauthorized: false }).on('error', () => {}),
      )
    const sockets = [client(), client(), client()]
    for (const socket of sockets.slice(0, 2)) socket.write(upgrade('/chat'))
    await until(() => taken.length === 2)
    expect(inFlight.scan()).toBe(0)
    // The third has only connected.
    expect(inFlight.found().streams).toBe(2)
    // It has had an answer, and is handed over then.
    sockets[2]?.write(request('GET', '/'))
    await once(sockets[2] as Duplex, 'data')
    await until(() => inFlight.scan() === 0 && inFlight.found().streams === 2)
    sockets[2]?.write(upgrade('/chat'))
    await until(() => taken.length === 3)
    inFlight.scan()
    expect([inFlight.found().streams, inFlight.table().tunnels]).toEqual([3, 3])
    for (const socket of taken) socket.destroy()
    await until(() => inFlight.scan() === 0 && inFlight.found().streams === 0)
  })

  it('is not one that is idle, malformed or of a server without HTTP', async () => {
    const inFlight = startInFlight()
    const port = await serve(createServer((_, response) => void response.end('ok')))
    const [idle, malformed, answered] = [rawClient(port).socket, rawClient(port).socket, rawClient(port).socket].map(
      later,
    )
    malformed?.write('NONSENSE\r\n\r\n')
    answered?.write(request('GET', '/'))
    await Promise.all([once(answered as Duplex, 'data'), once(malformed as Duplex, 'close')])
    for (let look = 0; look < 3; look++) expect([inFlight.scan(), inFlight.found().streams]).toEqual([0, 0])
    idle?.destroy()
  })

  it('is a tunnel of HTTP/2 too', async () => {
    const inFlight = startInFlight()
    const port = await serve(
      createHttp2Server().on('stream', (stream, headers) => {
        if (headers[':method'] === 'CONNECT') stream.respond({ ':status': 200 })
      }),
    )
    const session = later(connectH2(`http://127.0.0.1:${port}`))
    const tunnel = session.request({ ':method': 'CONNECT', ':authority': 'x:1' })
    tunnel.on('error', () => {})
    await once(tunnel, 'response')
    expect([inFlight.scan(), inFlight.found().streams]).toEqual([0, 1])
    tunnel.close()
    await until(() => inFlight.scan() === 0 && inFlight.found().streams === 0)
  })

  it('leaves no listener behind', async () => {
    const inFlight = startInFlight()
    const server = createTlsServer({ key, cert })
    const taken = takeUpgrades(server)
    const before = server.listenerCount('secureConnection')
    const port = await serve(server)
    later(connectTls({ port, rejectUnauthorized: false }))
      .on('error', () => {})
      .write(upgrade('/chat'))
    await until(() => taken.length === 1)
    const listeners = () => taken[0]?.listenerCount('close')
    const held = listeners() as number
    inFlight.scan()
    expect([server.listenerCount('secureConnection'), listeners()]).toEqual([before + 1, held + 1])
    inFlight.stop()
    expect([server.listenerCount('secureConnection'), listeners()]).toEqual([before, held])
  })
})
