import { tracingChannel } from 'node:diagnostics_channel'
import {
  Agent,
  type ClientRequest,
  createServer,
  get,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { createServer as createTlsServer, get as getTls } from 'node:https'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { cert, key } from '../../../testing/certificate.js'
import { later, serve, startInFlight, tidyUp } from '../../../testing/in-flight-server.js'
import { rawClient, request as requestText, until } from '../../../testing/sockets.js'
import { startUpstream } from '../../../testing/upstream.js'

afterEach(tidyUp)

const ignore = () => {}

/** Calls that end with the test, however they do. */
const clients = {
  'node:http': (url: string) => void later(get(url, res => res.resume()).on('error', ignore)),
  fetch(url: string) {
    const abort = new AbortController()
    later({ destroy: () => abort.abort() })
    fetch(url, { signal: abort.signal })
      .then(response => response.text())
      .catch(ignore)
  },
}

describe.each(Object.entries(clients))('a call by %s', (_name, call) => {
  it('is shown from its start to its end, without its query', async () => {
    const inFlight = startInFlight()
    const { address, url, stalled } = await startUpstream()
    call(`${url}/orders/17?token=secret#part`)
    await until(() => stalled.length === 1)
    const { outbound } = inFlight.table()
    expect(outbound).toEqual({
      total: 1,
      truncated: false,
      rows: [
        {
          kind: 'http',
          method: 'GET',
          target: address,
          path: '/orders/17',
          ageMs: expect.any(Number),
          state: 'waiting',
          linked: false,
        },
      ],
    })
    stalled[0]?.write('first')
    await until(() => inFlight.table().outbound.rows[0]?.state === 'receiving')
    stalled[0]?.end()
    await until(() => inFlight.table().outbound.total === 0)
  })

  it('gets older', async () => {
    let time = 0
    const inFlight = startInFlight({ now: () => time })
    const { url, stalled } = await startUpstream()
    call(`${url}/`)
    await until(() => stalled.length === 1)
    time = 4100
    expect(inFlight.table().outbound.rows).toMatchObject([{ ageMs: 4100 }])
  })

  it('is not seen once the monitor has stopped', async () => {
    const inFlight = startInFlight()
    const { url, stalled } = await startUpstream()
    call(`${url}/`)
    await until(() => stalled.length === 1)
    inFlight.stop()
    call(`${url}/`)
    await until(() => stalled.length === 2)
    expect(inFlight.table().outbound.total).toBe(0)
  })
})

it('the table of outbound calls does not take a tunnel or a WebSocket for a call that nobody answers', async () => {
  const inFlight = startInFlight()
  const { url, server } = await startUpstream()
  let upgraded = 0
  server.on('upgrade', () => void upgraded++)
  const call = get(`${url}/`, { headers: { connection: 'upgrade', upgrade: 'test' } })
  call.on('upgrade', (_res, socket) => void later(socket))
  await until(() => upgraded === 1 && inFlight.table().outbound.total === 0)
  // Node has one since 22.
  const { WebSocket } = globalThis as { WebSocket?: new (url: string) => { onerror: unknown } }
  if (!WebSocket) return
  new WebSocket(url.replace('http', 'ws')).onerror = ignore
  await until(() => upgraded === 2)
  expect(inFlight.table().outbound.total).toBe(0)
})

describe('where a call goes', () => {
  const targets = (inFlight: ReturnType<typeof startInFlight>) =>
    inFlight.table().outbound.rows.map(({ target, path }) => `${target}${path}`)

  it('is told without credentials, and is not the Host header', async () => {
    const inFlight = startInFlight()
    const { port, address, stalled } = await startUpstream()
    const headers = { host: 'virtual.example', authorization: 'Bearer secret', cookie: 'secret=1' }
    later(get({ host: '127.0.0.1', port, path: '/a', headers, auth: 'me:secret' }).on('error', ignore))
    later(get(`http://me:secret@${address}/b?c=secret`).on('error', ignore))
    await until(() => stalled.length === 2)
    expect(targets(inFlight)).toEqual([`${address}/a`, `${address}/b`])
    expect(JSON.stringify(inFlight.table())).not.toMatch(/secret|virtual/)
  })

  it('has the port that the protocol implies', async () => {
    const inFlight = startInFlight()
    const lookup = ignore as never // A name service that never answers.
    later(get('http://plain.example/', { lookup }).on('error', ignore))
    later(getTls('https://tls.example/', { lookup }).on('error', ignore))
    await until(() => targets(inFlight).length === 2)
    expect(targets(inFlight)).toEqual(['plain.example:80/', 'tls.example:443/'])
    expect(inFlight.table().outbound.rows.map(({ state }) => state)).toEqual(['connecting', 'connecting'])
  })

  it('is told of TLS, IPv6 and sockets of Unix', async () => {
    const inFlight = startInFlight()
    const port = await serve(createTlsServer({ key, cert }, ignore))
    later(getTls({ host: '127.0.0.1', port, path: '/tls', rejectUnauthorized: false }).on('error', ignore))
    later(get({ host: '::1', port: 9, path: '/six' }).on('error', ignore))
    later(get({ socketPath: '/nowhere/at.sock', path: '/unix' }).on('error', ignore))
    await new Promise(process.nextTick)
    expect(targets(inFlight)).toEqual([`127.0.0.1:${port}/tls`, '[::1]:9/six', 'unix:/nowhere/at.sock/unix'])
    await until(() => inFlight.table().outbound.rows[0]?.state === 'waiting')
  })

  it('is shown as connecting while its agent has no socket for it', async () => {
    const inFlight = startInFlight()
    const { url, stalled } = await startUpstream()
    const agent = later(new Agent({ maxSockets: 1, keepAlive: true }))
    for (const path of ['/first', '/second']) later(get(`${url}${path}`, { agent }).on('error', ignore))
    await until(() => stalled.length === 1)
    expect(inFlight.table().outbound.rows).toMatchObject([
      { path: '/first', state: 'waiting' },
      { path: '/second', state: 'connecting' },
    ])
  })
})

/** A server that calls on, in ways that the path says. */
async function startCaller(upstream: string) {
  const seen: string[] = []
  const answer = (res: ServerResponse) => () => res.end('done')
  async function loadOrder(url: string) {
    const response = await fetch(url)
    return response.text()
  }
  const handler = async (req: IncomingMessage, res: ServerResponse) => {
    const path = req.url ?? ''
    seen.push(path)
    const url = `${upstream}${path}`
    try {
      if (path.startsWith('/late')) await null
      if (path.startsWith('/much-later')) await new Promise(resolve => setTimeout(resolve, 5))
      if (path.startsWith('/none')) return
      if (path.startsWith('/forget')) {
        loadOrder(url).catch(ignore)
        res.end('done')
      } else if (path.includes('fetch')) await loadOrder(url).then(answer(res))
      else get(url, upstreamResponse => upstreamResponse.resume().on('end', answer(res))).on('error', ignore)
    } catch {
      res.destroy()
    }
  }
  const port = await serve(createServer(handler))
  return { port, seen, handler }
}

async function setUp() {
  let time = 0
  const passTime = (ms: number) => {
    time += ms
  }
  const inFlight = startInFlight({ now: () => time })
  const upstream = await startUpstream()
  const caller = await startCaller(upstream.url)
  const client = () => {
    const { socket, heard } = rawClient(caller.port)
    later(socket)
    return { heard, send: (path: string) => socket.write(requestText('GET', path)) }
  }
  /** Lets ten calls pile up at the upstream; they are not counted from here on. */
  const follow = async () => {
    const before = upstream.stalled.length
    for (let call = 0; call < 10; call++) later(get(`${upstream.url}/piled-up`).on('error', ignore))
    await until(() => upstream.stalled.length === before + 10)
    upstream.stalled.splice(before)
    passTime(1000)
    inFlight.scan()
    inFlight.follow(true)
  }
  const waits = () => inFlight.table().rows.map(({ url, linked, waitsOn }) => [url, linked, waitsOn.map(w => w.path)])
  return { inFlight, upstream, client, follow, waits, caller, passTime }
}

describe('a request in flight', () => {
  it.each(['/get', '/fetch'])('is linked to the call that its handler makes at once: %s', async path => {
    const { upstream, client, waits, inFlight } = await setUp()
    client().send(path)
    client().send('/none')
    await until(() => upstream.stalled.length === 1)
    await until(() => inFlight.scan() >= 2)
    expect(waits()).toContainEqual([path, true, [path]])
    expect(waits()).toContainEqual(['/none', false, []])
    expect(inFlight.table().outbound.rows).toMatchObject([{ linked: true, target: upstream.address }])
    expect(inFlight.table().rows.flatMap(row => row.waitsOn)[0]).not.toHaveProperty('stack')
  })

  it('is not linked to a later call, unless it was followed', async () => {
    const { upstream, client, waits, follow } = await setUp()
    client().send('/late/fetch/1')
    await until(() => upstream.stalled.length === 1)
    expect(waits()).toContainEqual(['/late/fetch/1', false, []])
    await follow()
    client().send('/late/fetch/2')
    client().send('/much-later/get/3')
    client().send('/none')
    await until(() => upstream.stalled.length === 3 && waits().length >= 4)
    expect(waits()).toContainEqual(['/late/fetch/1', false, []])
    expect(waits()).toContainEqual(['/late/fetch/2', true, ['/late/fetch/2']])
    expect(waits()).toContainEqual(['/much-later/get/3', true, ['/much-later/get/3']])
    // Followed from its start, it is known to wait for nobody outside.
    expect(waits()).toContainEqual(['/none', true, []])
  })

  it('is linked to its own calls only, however often its connection is used again', async () => {
    const { upstream, client, waits, inFlight } = await setUp()
    const { send, heard } = client()
    // Answered at once, while its call goes on.
    send('/forget/1')
    await until(() => upstream.stalled.length === 1 && heard().endsWith('done'))
    send('/get/2')
    await until(() => upstream.stalled.length === 2)
    expect(waits()).toContainEqual(['/get/2', true, ['/get/2']])
    expect(inFlight.table().outbound.rows.map(({ path, linked }) => [path, linked])).toContainEqual([
      '/forget/1',
      false,
    ])
  })

  it('is not mistaken for another one of its pipeline', async () => {
    const { upstream, client, waits } = await setUp()
    const { send } = client()
    send('/none')
    send('/get/2')
    await until(() => upstream.stalled.length === 1)
    expect(waits()).toContainEqual(['/none', false, []])
    expect(waits()).toContainEqual(['/get/2', false, []])
  })

  it('over HTTP/2 is linked while followed', async () => {
    const { inFlight, upstream, follow, caller, waits } = await setUp()
    const port = await serve(createHttp2Server(caller.handler as never))
    const session = later(connectHttp2(`http://127.0.0.1:${port}`).on('error', ignore))
    session.request({ ':path': '/none' }).on('error', ignore).end()
    await until(() => caller.seen.length === 1)
    await follow()
    session.request({ ':path': '/late/fetch' }).on('error', ignore).end()
    await until(() => upstream.stalled.length === 1)
    expect(waits()).toContainEqual(['/late/fetch', true, ['/late/fetch']])
    expect(inFlight.table().rows.find(({ waitsOn }) => waitsOn.length > 0)?.protocol).toBe('h2')
  })

  it('has the stack of its calls while followed, with the functions that await them', async () => {
    const { inFlight, upstream, client, follow } = await setUp()
    await follow()
    const limit = Error.stackTraceLimit
    const prepare = Error.prepareStackTrace
    const theirs = () => expect.fail('code of the application was run')
    client().send('/late/fetch')
    await until(() => upstream.stalled.length === 1)
    expect(Error.stackTraceLimit).toBe(limit)
    Error.prepareStackTrace = theirs
    try {
      const [wait] = inFlight.table().rows.flatMap(({ waitsOn }) => waitsOn)
      expect(wait?.stack?.[0]).toMatch(/^loadOrder \(\/.*outbound\.test\.ts:\d+:\d+\)$/)
      expect(wait?.stack?.[1]).toMatch(/handler \(.*outbound\.test\.ts/)
      expect(inFlight.table().rows.flatMap(({ waitsOn }) => waitsOn)[0]?.stack).toEqual(wait?.stack)
      expect(Error.prepareStackTrace).toBe(theirs)
    } finally {
      Error.prepareStackTrace = prepare
    }
  })

  it('is not followed unless calls pile up, nor any more a while after they did', async () => {
    const { inFlight, client, follow, passTime, upstream } = await setUp()
    let sent = 0
    const isLinked = async () => {
      const url = `/none/${++sent}`
      client().send(url)
      const row = () => inFlight.table().rows.find(candidate => candidate.url === url)
      await until(() => row() !== undefined)
      return row()?.linked
    }
    inFlight.follow(true)
    expect(await isLinked()).toBe(false)
    await follow()
    expect(await isLinked()).toBe(true)
    inFlight.follow(false)
    expect(await isLinked()).toBe(false)
    inFlight.follow(true)
    expect(await isLinked()).toBe(true)

    upstream.server.closeAllConnections()
    await until(() => inFlight.table().outbound.total === 0)
    passTime(9000)
    inFlight.scan()
    inFlight.follow(true)
    expect(await isLinked()).toBe(true)
    passTime(1000)
    inFlight.scan()
    inFlight.follow(true)
    expect(await isLinked()).toBe(false)
  })
})

describe('outbound calls that end in any way', () => {
  type Url = { url: string; refused: string; silent: string }
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const over = (call: ClientRequest) => new Promise<void>(resolve => call.on('error', resolve).on('close', resolve))
  const endings: Record<string, (to: Url, signal: AbortSignal) => Promise<unknown>> = {
    'get, answered': ({ url }) => over(get(`${url}/ok`, res => res.resume())),
    'get, kept alive': ({ url }) => over(get(`${url}/ok`, { agent }, res => res.resume())),
    'get, nobody listens to the answer': ({ url }) => over(get(`${url}/ok`)),
    'get, refused': ({ refused }) => over(get(refused)),
    'get, reset': ({ url }) => over(get(`${url}/reset`)),
    'get, cut in the middle': ({ url }) => over(get(`${url}/cut`, res => res.on('error', ignore).resume())),
    'get, destroyed while waiting': ({ url }, signal) => over(get(`${url}/stall`, { signal })),
    'get, destroyed at once': ({ url }) => over(get(`${url}/stall`).destroy()),
    'get, destroyed while receiving': ({ url }) =>
      over(get(`${url}/half`, res => res.on('error', ignore).once('data', () => res.destroy()))),
    'get, timed out': ({ url }) => {
      const call = get(`${url}/stall`, { timeout: 5 })
      call.on('timeout', () => call.destroy())
      return over(call)
    },
    'get, destroyed while connecting': ({ silent }, signal) => over(getTls(silent, { signal })),
    'upload, destroyed before its end': ({ url }) => {
      const call = request(`${url}/stall`, { method: 'POST' })
      call.write('part')
      setImmediate(() => call.destroy())
      return over(call)
    },
    upgrade: ({ url }) => {
      const call = get(`${url}/`, { headers: { connection: 'upgrade', upgrade: 'test' } })
      call.on('upgrade', (_res, socket) => socket.destroy())
      return over(call)
    },
    'fetch, answered': async ({ url }) => (await fetch(`${url}/ok`)).text(),
    'fetch, redirected': async ({ url }) => (await fetch(`${url}/redirect`)).text(),
    'fetch, refused': ({ refused }) => fetch(refused),
    'fetch, reset': ({ url }) => fetch(`${url}/reset`),
    'fetch, cut in the middle': async ({ url }) => (await fetch(`${url}/cut`)).text(),
    'fetch, aborted while waiting': ({ url }, signal) => fetch(`${url}/stall`, { signal }),
    'fetch, aborted at once': ({ url }) => fetch(`${url}/stall`, { signal: AbortSignal.abort() }),
    'fetch, aborted while receiving': async ({ url }, signal) => (await fetch(`${url}/half`, { signal })).text(),
    'fetch, its body cancelled': async ({ url }) => (await fetch(`${url}/half`)).body?.cancel(),
    'fetch, aborted while connecting': ({ silent }, signal) => fetch(silent, { signal }),
    'fetch, no such name': () => fetch('http://no-such-name.invalid/'),
  }

  async function places(): Promise<Url> {
    const { url } = await startUpstream()
    const { port: refused } = await new Promise<AddressInfo>(resolve => {
      const server = createNetServer().listen(0, '127.0.0.1', () => {
        const address = server.address() as AddressInfo
        server.close(() => resolve(address))
      })
    })
    // Shakes no hands, so that nobody gets as far as a request. undici keeps a call that was aborted meanwhile in the
    // queue of its connection until that fails.
    const silent = createNetServer(socket => {
      socket.on('error', ignore).resume()
      setTimeout(() => socket.destroy(), 500)
    })
    return { url, refused: `http://127.0.0.1:${refused}/`, silent: `https://127.0.0.1:${await serve(silent)}/` }
  }

  it.each(Object.keys(endings))('are no longer there: %s', async name => {
    const inFlight = startInFlight()
    const to = await places()
    const abort = new AbortController()
    const ended = endings[name]?.(to, abort.signal)
    setTimeout(() => abort.abort(), 20)
    await Promise.resolve(ended).catch(ignore)
    await until(
      () => inFlight.table().outbound.total === 0,
      () => JSON.stringify(inFlight.table().outbound),
    )
  })

  it('are no longer there after a storm of them all', async () => {
    const inFlight = startInFlight()
    const to = await places()
    const abort = new AbortController()
    let peak = 0
    const calls = Array.from({ length: 20 }, () => Object.values(endings).map(call => call(to, abort.signal))).flat()
    // Those that wait for a socket are destroyed without a word.
    const single = new Agent({ maxSockets: 1 })
    const queued = Array.from({ length: 20 }, () => get(`${to.url}/stall`, { agent: single }).on('error', ignore))
    const look = setInterval(() => {
      inFlight.scan()
      peak = Math.max(peak, inFlight.table().outbound.total)
    }, 5)
    setTimeout(() => {
      abort.abort()
      for (const call of queued) call.destroy()
    }, 300)
    await Promise.allSettled(calls)
    clearInterval(look)
    expect(peak).toBeGreaterThan(100)
    await until(
      () => inFlight.table().outbound.total === 0,
      () => JSON.stringify(inFlight.table().outbound),
    )
    agent.destroy()
  })
})

describe('a tracing channel', () => {
  const start = () => {
    const inFlight = startInFlight({ channels: ['shop:query'] })
    return {
      inFlight,
      channel: tracingChannel<string, object>('shop:query'),
      rows: () => inFlight.table().outbound.rows,
    }
  }

  it('shows operations until they are settled, and of a statement no more than its verb', async () => {
    const { channel, rows } = start()
    let resolve: (value: string) => void = ignore
    let reject: (error: Error) => void = ignore
    const select = {
      query: "select * from users where mail = 'secret'",
      values: ['secret'],
      serverAddress: 'db.local',
      serverPort: 3306,
    }
    const first = channel.tracePromise(() => new Promise(done => (resolve = done)), select)
    const second = channel.tracePromise(() => new Promise((_, fail) => (reject = fail)), {
      command: 'get',
      args: ['secret'],
    })
    second.catch(ignore)
    expect(rows()).toMatchObject([
      { kind: 'shop:query', method: 'SELECT', target: 'db.local:3306', path: null, state: 'pending', linked: false },
      { kind: 'shop:query', method: 'GET', target: 'shop:query' },
    ])
    expect(JSON.stringify(rows())).not.toContain('secret')
    resolve('found')
    await first
    expect(rows()).toMatchObject([{ method: 'GET' }])
    reject(new Error('lost'))
    await second.catch(ignore)
    expect(rows()).toEqual([])
  })

  it('shows operations with a callback until it is called', () => {
    const { channel, rows } = start()
    let done: (error: null, value: string) => void = ignore
    channel.traceCallback(
      callback => {
        done = callback as never
      },
      0,
      { query: { text: 'BEGIN' } },
      undefined,
      ignore,
    )
    expect(rows()).toMatchObject([{ method: 'BEGIN' }])
    done(null, 'found')
    expect(rows()).toEqual([])
  })

  it('shows nothing of what was over at once', () => {
    const { channel, rows } = start()
    channel.traceSync(() => 'found', {})
    expect(() =>
      channel.traceSync(() => {
        throw new Error('lost')
      }, {}),
    ).toThrow('lost')
    expect(rows()).toEqual([])
  })

  it('keeps no more than it can bear of what never ends', () => {
    const { channel, inFlight } = start()
    for (let call = 0; call < 25_000; call++) void channel.tracePromise(() => new Promise(ignore), { command: 'get' })
    const { total, truncated } = inFlight.table().outbound
    expect(total).toBeGreaterThan(8_000)
    expect(total).toBeLessThanOrEqual(10_000)
    expect(truncated).toBe(true)
  })
})
