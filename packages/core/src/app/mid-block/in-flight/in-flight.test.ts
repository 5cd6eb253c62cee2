import { channel } from 'node:diagnostics_channel'
import { createServer, type IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createHandler, later, serve, startInFlight, tidyUp } from '../../../testing/in-flight-server.js'
import { rawClient, request, until } from '../../../testing/sockets.js'
import { hasHttpMessage } from './http1-by-close.js'
import { createInFlight } from './in-flight.js'

afterEach(tidyUp)

afterEach(() => vi.restoreAllMocks())

async function setUp(prepare: (req: IncomingMessage) => void = () => {}) {
  const { handler, waiting } = createHandler()
  const server = createServer((req, res) => {
    prepare(req)
    handler(req, res)
  })
  const port = await serve(server)
  const send = async (...args: Parameters<typeof request>) => {
    const expected = waiting.length + 1
    const { socket } = rawClient(port)
    later(socket).write(request(...args))
    await until(() => waiting.length === expected)
  }
  return { waiting, send }
}

const channels = ['http.server.request.start', 'net.server.socket']

const subscribed = () => channels.filter(name => channel(name).hasSubscribers)

describe('starting and stopping', () => {
  it('leaves no subscription and no listener, however often it is done', async () => {
    const sockets: IncomingMessage['socket'][] = []
    const { send } = await setUp(req => sockets.push(req.socket))
    const listeners = () => sockets[0]?.listenerCount('close')
    const inFlight = startInFlight()
    await send('GET', '/wait')
    const with1 = listeners() as number
    inFlight.start()
    expect(listeners()).toBe(with1)
    inFlight.stop()
    inFlight.stop()
    expect(listeners()).toBe(with1 - 1)
    expect(subscribed()).toEqual([])
    expect(inFlight.scan()).toBe(0)
    inFlight.start()
    expect(subscribed()).toEqual(channels)
    await send('GET', '/wait')
    expect(inFlight.scan()).toBe(1)
  })

  it('lets several live side by side', async () => {
    const { send } = await setUp()
    const one = startInFlight()
    const two = startInFlight({ adminPrefix: '/wait/admin' })
    await send('GET', '/wait/1')
    await send('GET', '/wait/admin')
    expect([one.scan(), two.scan()]).toEqual([2, 1])
    one.stop()
    await send('GET', '/wait/2')
    expect([one.scan(), two.scan()]).toEqual([0, 2])
  })

  it('takes the slow way, and says so once, where Node hides which response a socket has', async () => {
    expect(hasHttpMessage()).toBe(true)
    const assign = vi.spyOn(ServerResponse.prototype, 'assignSocket').mockImplementation(() => {})
    expect(hasHttpMessage()).toBe(false)
    const onError = vi.fn()
    const inFlight = createInFlight({ onError })
    assign.mockRestore()
    inFlight.start()
    try {
      const { send, waiting } = await setUp()
      await send('GET', '/wait')
      await send('GET', '/stream')
      expect([inFlight.scan(), inFlight.found().streams]).toEqual([1, 1])
      expect(inFlight.table().rows.map(({ state }) => state)).toEqual(['handling', 'streaming'])
      for (const { res } of waiting) res.end()
      await until(() => inFlight.scan() === 0)
      expect(onError).toHaveBeenCalledTimes(1)
    } finally {
      inFlight.stop()
    }
    expect(subscribed()).toEqual([])
  })
})

describe('what is not counted', () => {
  it('is what lies at or below the admin prefix, also when a framework rewrote the URL', async () => {
    const { send } = await setUp(req => {
      if (req.url?.startsWith('/debug')) Object.assign(req, { originalUrl: req.url, url: '/wait' })
    })
    const inFlight = startInFlight({ adminPrefix: '/debug/autodump' })
    await send('GET', '/debug/autodump')
    await send('GET', '/debug/autodump/stream?x=1')
    expect(inFlight.scan()).toBe(0)
    await send('GET', '/debug/autodumps')
    expect(inFlight.scan()).toBe(1)
  })

  it('is what an adapter says is ours', async () => {
    const inFlight = startInFlight()
    const { send } = await setUp(req => req.url === '/wait/ours' && inFlight.ignore(req))
    await send('GET', '/wait/ours')
    await send('GET', '/wait/theirs')
    expect(inFlight.scan()).toBe(1)
    expect(inFlight.table()).toMatchObject({ total: 1, rows: [{ url: '/wait/theirs' }] })
  })
})

describe('the longest wait', () => {
  it('is that of the oldest request that has been sent whole and has no answer yet', async () => {
    const clock = { at: 0 }
    const { waiting, send } = await setUp()
    const inFlight = startInFlight({ now: () => clock.at })
    const wait = () => {
      inFlight.scan()
      return inFlight.found().longestWait
    }
    expect(wait()).toBe(0)
    // An answer that has begun: a stream, a long download.
    await send('GET', '/stream')
    clock.at = 1000
    expect(inFlight.scan()).toBe(0)
    expect(inFlight.found()).toMatchObject({ streams: 1, longestWait: 0 })
    await send('GET', '/wait/1')
    clock.at = 11_000
    expect(inFlight.scan()).toBe(1)
    await send('GET', '/wait/2')
    clock.at = 41_000
    expect(wait()).toBe(40_000)
    waiting.find(({ url }) => url === '/wait/1')?.res.end()
    await until(() => inFlight.scan() === 1)
    expect(wait()).toBe(30_000)
    waiting
      .find(({ url }) => url === '/wait/2')
      ?.res.writeHead(200)
      .write('at last')
    expect(wait()).toBe(0)
  })

  it('is not that of an upload that goes on, nor of a job of a queue', async () => {
    const clock = { at: 0 }
    const { handler } = createHandler()
    const port = await serve(createServer(handler))
    const inFlight = startInFlight({ now: () => clock.at })
    const { socket } = rawClient(port)
    later(socket).write('POST /body HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nab')
    const release = inFlight.track({ method: 'JOB', url: 'resize' })
    await until(() => inFlight.scan() === 2)
    clock.at = 60_000
    inFlight.scan()
    expect(inFlight.found().longestWait).toBe(0)
    release()
  })

  it('is that of a body that the handler has not begun to read', async () => {
    const clock = { at: 0 }
    const { handler, waiting } = createHandler()
    const port = await serve(createServer(handler))
    const inFlight = startInFlight({ now: () => clock.at })
    const { socket } = rawClient(port)
    later(socket).write(`POST /wait HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n${'x'.repeat(1000)}`)
    await until(() => waiting.length === 1)
    clock.at = 60_000
    inFlight.scan()
    expect(inFlight.found()).toMatchObject({ longestWait: 60_000, hanging: 1 })
    expect(inFlight.table().rows[0]?.state).toBe('handling')
    waiting[0]?.res.req.resume()
    inFlight.scan()
    expect(inFlight.found().longestWait).toBe(0)
    expect(inFlight.table().rows[0]?.state).toBe('receiving')
  })
})

describe('work without a socket', () => {
  it('counts until it is released, once', () => {
    const inFlight = startInFlight({ now: () => 0, adminPrefix: '/debug' })
    const release = inFlight.track({ method: 'GET', url: '/users/1?secret', route: '/users/:id' })
    inFlight.track({ method: 'JOB', url: 'send-mail', protocol: 'queue' })
    inFlight.track({ method: 'GET', url: '/debug/status' })
    expect(inFlight.scan()).toBe(2)
    expect(inFlight.table().rows).toMatchObject([
      {
        method: 'GET',
        url: '/users/1',
        route: '/users/:id',
        ageMs: 0,
        remoteAddress: null,
        state: 'handling',
        protocol: 'inject',
      },
      expect.objectContaining({ url: 'send-mail', route: null, protocol: 'queue' }),
    ])
    release()
    release()
    expect(inFlight.scan()).toBe(1)
  })
})

describe('the table', () => {
  it('dates a request by the scan before it, and keeps the date while it waits', async () => {
    let now = 1000
    const inFlight = startInFlight({ now: () => now })
    const { send } = await setUp()
    now = 2000
    inFlight.scan()
    now = 2090
    await send('GET', '/wait')
    now = 3000
    inFlight.scan()
    // As in the middle of a block: no scan since it came.
    now = 7000
    expect(inFlight.table().rows).toMatchObject([{ ageMs: 5000 }])
  })

  it('dates pipelined requests each by itself', async () => {
    let now = 1000
    const inFlight = startInFlight({ now: () => now })
    const { handler, waiting } = createHandler()
    const { socket } = rawClient(await serve(createServer(handler)))
    later(socket)
    for (let index = 0; index < 3; index++) {
      inFlight.scan()
      socket.write(request('GET', `/wait/${index}`))
      await until(() => waiting.length === index + 1)
      now += 1000
    }
    const ages = () => inFlight.table().rows.map(({ url, ageMs }) => [url, ageMs])
    expect(ages()).toEqual([
      ['/wait/0', 3000],
      ['/wait/1', 2000],
      ['/wait/2', 1000],
    ])
    waiting[0]?.res.end()
    await until(() => inFlight.table().total === 2)
    expect(ages()).toEqual([
      ['/wait/1', 2000],
      ['/wait/2', 1000],
    ])
  })

  it('says that a handler without a body to wait for is at work, from its first line on', async () => {
    const inFlight = startInFlight()
    const seen: unknown[] = []
    const { send } = await setUp(() => seen.push(inFlight.scan(), inFlight.table().rows[0]?.state))
    await send('GET', '/wait')
    expect(seen).toEqual([1, 'handling'])
  })

  it('holds the oldest and says how many there are in all', async () => {
    let now = 0
    const inFlight = startInFlight({ now: () => now })
    for (const at of [5, 3, 9, 1, 3, 7]) {
      now = at
      inFlight.track({ method: 'JOB', url: `at-${at}` })
    }
    const { total, truncated, rows } = inFlight.table(3)
    expect({ total, truncated }).toEqual({ total: 6, truncated: true })
    expect(rows.map(({ url }) => url)).toEqual(['at-1', 'at-3', 'at-3'])
    expect(inFlight.table(6)).toMatchObject({ total: 6, truncated: false })
    expect(inFlight.table(0)).toMatchObject({ total: 6, truncated: true, rows: [] })
  })

  it('shows neither query, nor host, nor userinfo', async () => {
    const inFlight = startInFlight()
    const { handler, waiting } = createHandler()
    const { socket } = rawClient(
      await serve(createServer((req, res) => handler(Object.assign(req, { originalUrl: req.url, url: '/wait' }), res))),
    )
    // The original URL of a framework is shown, so it is redacted as well.
    later(socket).write(request('GET', 'http://user:secret@example.com/users/1?token=secret'))
    await until(() => waiting.length === 1)
    expect(inFlight.table().rows[0]?.url).toBe('/users/1')
    expect(JSON.stringify(inFlight.table())).not.toContain('secret')
  })

  it('asks the adapter for the route, by method and path', async () => {
    const inFlight = startInFlight()
    const { send } = await setUp()
    const routeOf = vi.fn(() => '/wait/:id')
    inFlight.setRouteOf(routeOf)
    await send('GET', '/wait/1?secret')
    inFlight.scan()
    expect(routeOf).not.toHaveBeenCalled()
    expect(inFlight.table().rows[0]?.route).toBe('/wait/:id')
    expect(routeOf).toHaveBeenCalledWith({ method: 'GET', url: '/wait/1' }, expect.anything())
  })

  it.each([
    ['/users/:id', '', '/users/:id'],
    ['/:id', '/users', '/users/:id'],
    ['/', '/users', '/users'],
    ['/', '', '/'],
    ['/orders/:order', '/users/17', '/users/:id/orders/:order'],
    [/^\/files\/(.*)$/, '', '^\\/files\\/(.*)$'],
    [['/a', '/b'], '', '/a|/b'],
    [['/a', /^\/b+$/], '/users/17', '/users/:id/a|/users/:id^\\/b+$'],
    [undefined, '/users', null],
  ])('reads the route %s under "%s" that Express left on the request', async (path, baseUrl, route) => {
    const inFlight = startInFlight()
    const { send } = await setUp(req => Object.assign(req, { baseUrl, route: path && { path } }))
    await send('GET', '/wait')
    expect(inFlight.table().rows[0]?.route).toBe(route)
  })

  it('survives whatever it finds, and reports it later', async () => {
    const onError = vi.fn()
    const inFlight = createInFlight({ onError })
    inFlight.start()
    try {
      inFlight.setRouteOf(() => {
        throw new Error('no route for you')
      })
      const { send } = await setUp(req => {
        if (req.url === '/wait/trap')
          Object.defineProperty(req, 'route', {
            get() {
              throw new Error('trap')
            },
          })
      })
      await send('GET', '/wait/trap')
      await send('GET', '/wait/fine')
      expect(inFlight.scan()).toBe(2)
      expect(inFlight.table()).toMatchObject({
        total: 2,
        truncated: false,
        rows: [
          { url: '/wait/trap', route: null },
          { url: '/wait/fine', route: null },
        ],
      })
      expect(onError).not.toHaveBeenCalled()
      await until(() => onError.mock.calls.length > 0)
      expect(onError).toHaveBeenCalledTimes(1)
    } finally {
      inFlight.stop()
    }
  })
})
