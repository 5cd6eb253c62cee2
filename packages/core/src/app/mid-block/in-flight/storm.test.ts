// @module-tag full
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttp2Server, createSecureServer, type ServerHttp2Stream } from 'node:http2'
import { createServer as createTlsServer } from 'node:https'
import { type Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { cert, key } from '../../../testing/certificate.js'
import { createHandler, open, serve, startInFlight, tidyUp } from '../../../testing/in-flight-server.js'
import { collectGarbage, until } from '../../../testing/sockets.js'
import { stormHttp1, stormHttp2 } from '../../../testing/storm.js'
import { createArrivals } from './arrivals.js'
import { createHttp1SourceByClose } from './http1-by-close.js'
import { createLinks } from './links.js'

afterEach(tidyUp)

/** Counts by events, to compare with the sources, which count by looking. */
function createLedger() {
  const unfinished = new Set<{ over(): boolean }>()
  const refs: WeakRef<object>[] = []
  return {
    refs,
    response(req: IncomingMessage, res: ServerResponse) {
      const entry = { over: () => req.socket.destroyed }
      unfinished.add(entry)
      res.on('close', () => unfinished.delete(entry))
      refs.push(new WeakRef(req.socket), new WeakRef(res))
    },
    stream(stream: ServerHttp2Stream) {
      const entry = { over: () => stream.destroyed || stream.closed }
      unfinished.add(entry)
      stream.on('close', () => unfinished.delete(entry))
      refs.push(new WeakRef(stream))
    },
    count: () => [...unfinished].filter(entry => !entry.over()).length,
    clear: () => unfinished.clear(),
  }
}

/** So many does `setUp` make. */
const servers = 4

async function setUp() {
  const { handler, waiting } = createHandler()
  const ledger = createLedger()
  const take = (_req: IncomingMessage, socket: Duplex) => {
    if (socket instanceof Socket)
      socket
        .on('error', () => {})
        .on('end', () => socket.destroy())
        .resume()
  }
  const http1 = <S extends Server>(server: S) =>
    server
      .on('request', (req: IncomingMessage, res: ServerResponse) => {
        if (req.httpVersionMajor === 1) ledger.response(req, res)
        handler(req, res)
      })
      .on('upgrade', take)
      .on('connect', take)
  const plain = await serve(http1(createServer()))
  const tls = await serve(http1(createTlsServer({ key, cert })))
  const cleartext = await serve(createHttp2Server().on('stream', ledger.stream).on('request', handler))
  const mixed = await serve(http1(createSecureServer({ key, cert, allowHTTP1: true })).on('stream', ledger.stream))
  return { plain, tls, cleartext, mixed, waiting, ledger }
}

// Real sockets, on machines that others load too: one second try, as whole processes have.
it('the count of requests in flight agrees with the events throughout a storm of everything, and ends at 0 with nothing held', {
  retry: 1,
}, async () => {
  const inFlight = startInFlight()
  const { plain, tls, cleartext, mixed, waiting, ledger } = await setUp()
  const clients = [
    ...stormHttp1({ plain, tls }, 12),
    ...stormHttp1({ plain, tls: mixed }, 6),
    ...stormHttp2(`http://127.0.0.1:${cleartext}`, 15),
    ...stormHttp2(`https://127.0.0.1:${mixed}`, 15),
  ]
  expect(clients.length).toBeGreaterThan(400)

  /** Without the tunnels, which no handler is told of. */
  const requests = () => open(inFlight) - (inFlight.table(0).tunnels ?? 0)
  let peak = 0
  for (let look = 0; look < 100; look++) {
    await delay(5)
    peak = Math.max(peak, requests())
    // An answer that Node gives by itself (400) may be on its way out: no handler, so no event, knows of it.
    for (let patience = 0; patience < 3 && requests() !== ledger.count(); patience++) await nextTurn()
    expect(requests()).toBe(ledger.count())
  }
  expect(peak).toBeGreaterThan(100)
  expect(inFlight.table().total).toBe(ledger.count())

  for (const { res } of waiting.splice(0).filter((_, index) => index % 2)) res.end('late')
  await delay(50)
  expect(requests()).toBe(ledger.count())
  for (const client of clients.splice(0)) client.destroy()
  await until(
    () => open(inFlight) === 0,
    () => open(inFlight),
  )
  expect(inFlight.table()).toEqual({
    total: 0,
    streams: 0,
    tunnels: 0,
    truncated: false,
    rows: [],
    staleMs: expect.any(Number),
    outbound: { total: 0, truncated: false, rows: [] },
  })

  expect(ledger.refs.length).toBeGreaterThan(800)
  const held = () => ledger.refs.filter(ref => ref.deref() !== undefined).length
  await until(() => {
    // A busy machine hands the last connections to the server after their clients left: the next scan forgets those.
    open(inFlight)
    // Only the test itself knows of the others.
    ledger.clear()
    waiting.length = 0
    collectGarbage()
    // Node keeps the last socket of a server and its response, with us or without.
    return held() <= 2 * servers
  }, held)
})

it('the count of requests in flight can do the same without looking at sockets, where that is impossible', async () => {
  const source = createHttp1SourceByClose({
    clock: () => 0,
    arrivals: createArrivals(),
    isOurs: () => false,
    begun: () => {},
    ignoredVersion: () => 0,
    links: createLinks(),
    onError: what => expect(what).toBe(''),
  })
  const count = () => {
    let found = 0
    source.each(() => void found++)
    return found
  }
  source.start()
  try {
    const { plain, tls, waiting, ledger } = await setUp()
    const clients = stormHttp1({ plain, tls }, 6)
    for (let look = 0; look < 20; look++) {
      await delay(5)
      for (let patience = 0; patience < 3 && count() !== ledger.count(); patience++) await nextTurn()
      expect(count()).toBe(ledger.count())
    }
    expect(count()).toBeGreaterThan(20)
    for (const { res } of waiting.slice(0, 30)) res.end('late')
    for (const client of clients) client.destroy()
    await until(() => count() === 0, count)
  } finally {
    source.stop()
  }
})
