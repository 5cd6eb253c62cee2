import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import type { Server, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { askAdmin, bearer } from '../testing/ask-admin.js'
import { cert, key } from '../testing/certificate.js'
import { createFakeMonitor, dumpId } from '../testing/fake-monitor.js'
import { listen, rawClient, request, until } from '../testing/sockets.js'
import { createSessions } from './login-session.js'
import { createNodeListener } from './node.js'
import type { NodeRequest } from './node-types.js'

const prefix = '/debug/autodump'

const servers: Server[] = []

const sockets = new Set<Socket>()

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  for (const socket of sockets) socket.destroy()
  sockets.clear()
})

async function serve(wrap?: (listener: ReturnType<typeof createNodeListener>) => RequestListener) {
  const { handler, monitor } = askAdmin()
  const errors: unknown[] = []
  const listener = createNodeListener(handler, (what, error) => errors.push([what, error]))
  const server = createServer(wrap?.(listener) ?? listener)
  server.on('connection', socket => sockets.add(socket))
  servers.push(server)
  const port = await listen(server)
  return { port, monitor, errors, url: `http://127.0.0.1:${port}${prefix}` }
}

async function ask(port: number, options: object, body?: string | Buffer) {
  const req = httpRequest({ port, host: '127.0.0.1', headers: bearer, ...options })
  req.end(body)
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  return { status: res.statusCode, headers: res.headers, text: await text(res) }
}

describe('the node:http handler over HTTP/1.1', () => {
  it('requests and responses get through', async () => {
    const { url } = await serve()
    const response = await fetch(url, { headers: bearer })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-length')).toMatch(/^\d+$/)
    expect(await response.json()).toMatchObject({ dumps: [{ id: dumpId }] })
    const headers = { ...bearer, 'content-type': 'application/json' }
    const patch = { method: 'PATCH', headers, body: '{"cpu":{"watermark":55}}' }
    expect(await (await fetch(`${url}/thresholds`, patch)).json()).toMatchObject({ cpu: { watermark: 55 } })
    expect((await fetch(`${url}/dumps/${dumpId}`, { method: 'DELETE', headers: bearer })).status).toBe(204)
    expect((await fetch(`${url}/trigger`, { method: 'POST', headers: bearer })).status).toBe(202)
  })

  it('HEAD has no body, and the connection goes on', async () => {
    const { port } = await serve()
    const { socket, heard } = rawClient(port)
    socket.write(request('HEAD', `${prefix}/status`, bearer) + request('GET', `${prefix}/nothing`, bearer))
    await until(() => heard().includes('nothing here'), heard)
    expect(heard().split('HTTP/1.1 ')).toHaveLength(3)
    expect(heard()).toMatch(/\r\n\r\nHTTP\/1\.1 404/)
    socket.destroy()
  })

  it('pipelined requests are answered in their order', async () => {
    const { port } = await serve()
    const { socket, heard } = rawClient(port)
    const json = { ...bearer, 'content-type': 'application/json', 'content-length': '15' }
    socket.write(
      request('GET', `${prefix}/status`, bearer) +
        `${request('POST', `${prefix}/trigger`, json)}{"duration":50}` +
        request('GET', `${prefix}/trigger`, bearer) +
        `${request('POST', `${prefix}/trigger`, { ...json, authorization: 'no' })}{"duration":60}` +
        request('GET', `${prefix}/thresholds`, bearer),
    )
    const statuses = () => [...heard().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
    await until(() => statuses().length === 5, heard)
    expect(statuses()).toEqual(['200', '202', '405', '401', '200'])
    socket.destroy()
  })

  it.each([
    ['an absolute target', `http://other.example:81${prefix}/status`, 'localhost', 200],
    ['an absolute target with a user', `http://a:b@other.example${prefix}/status`, 'localhost', 200],
    ['two slashes at the start', `//evil.example${prefix}/status`, 'localhost', 404],
    ['an asterisk', '*', 'localhost', 400],
    ['no slash', 'debug', 'localhost', 400],
    ['a host with spaces', `${prefix}/status`, 'a b c', 200],
    ['a host that is a path', `${prefix}/status`, 'x/../../y?z#', 200],
    ['a host with a wrong port', `${prefix}/status`, 'localhost:99999999', 200],
    ['an empty host', `${prefix}/status`, '', 200],
    ['an IPv6 host', `${prefix}/status`, '[::1]:80', 200],
    ['a broken escape', `${prefix}/dumps/%zz`, 'localhost', 400],
    ['an escaped dot-dot', `${prefix}/dumps/..%2f..%2fetc%2fpasswd`, 'localhost', 404],
    ['a dot-dot', `${prefix}/dumps/../../../../etc/passwd`, 'localhost', 404],
  ])('%s is answered', async (_, target, host, status) => {
    const { port, errors } = await serve()
    const { socket, heard } = rawClient(port)
    socket.write(request('GET', target, { ...bearer, host }))
    await until(() => /^HTTP\/1\.1 \d+/.test(heard()), heard)
    expect(heard()).toContain(`HTTP/1.1 ${status} `)
    expect(errors).toEqual([])
    socket.destroy()
  })

  it('a method that Fetch does not know is refused', async () => {
    const { port } = await serve()
    const { status, headers } = await ask(port, { method: 'TRACE', path: `${prefix}/status` })
    expect([status, headers['content-type']]).toEqual([501, 'application/problem+json'])
  })

  it('what is not below the prefix goes to the next middleware', async () => {
    const { port } = await serve(listener => (req, res) => void listener(req, res, () => res.end('next')))
    for (const path of ['/', '/debug', '/debug/autodumpling', '/other?x=/debug/autodump'])
      expect((await ask(port, { path })).text).toBe('next')
    for (const path of [prefix, `${prefix}?limit=1`, `${prefix}/status`])
      expect((await ask(port, { path })).status).toBe(200)
    expect((await ask(port, { path: `${prefix}/nothing` })).status).toBe(404)
  })

  it.each([
    ['the mount path', `/ops${prefix}/status`, `${prefix}/status`, 200],
    ['a mount path with a query', `/ops${prefix}?limit=1`, `${prefix}?limit=1`, 200],
    ['what the application took off', `/a/b%20c${prefix}/status`, `${prefix}/status?x=/y`, 200],
    ['a URL that was made anew', '/somewhere', `${prefix}/status`, 200],
    ['a URL of another host', `//evil.example${prefix}/`, `${prefix}/`, 404],
    ['what is not below the prefix', `/ops/x${prefix}`, `/x${prefix}`, 'next'],
  ])('a prefix is relative to %s', async (_, originalUrl, url, answered) => {
    const { port } = await serve(listener => (req, res) => {
      Object.assign(req, { originalUrl })
      listener(req, res, () => res.end('next'), { url })
    })
    const { status, text } = await ask(port, { headers: bearer })
    expect(text === 'next' ? text : status).toBe(answered)
  })

  it('no link leads to another host', async () => {
    const { port } = await serve(listener => (req, res) => {
      Object.assign(req, { originalUrl: `//evil.example${prefix}/trigger` })
      listener(req, res, undefined, { url: `${prefix}/trigger` })
    })
    const { status, headers } = await ask(port, { method: 'POST', headers: bearer })
    expect([status, headers.location]).toEqual([202, `${prefix}/dumps/${dumpId}`])
  })

  it('a wrapper of `end` that knows of no callback is given none', async () => {
    const { port } = await serve(listener => (req, res) => {
      const { end } = res
      // As `compression` and `express-session` do.
      res.end = ((chunk?: string | Buffer) => end.call(res, chunk && Buffer.from(chunk), 'utf8')) as typeof end
      listener(req, res)
    })
    expect((await ask(port, { path: `${prefix}/status` })).status).toBe(200)
    expect((await ask(port, { path: `${prefix}/dumps/${dumpId}`, method: 'DELETE' })).status).toBe(204)
  })

  it('a middleware that is mounted under a path sees the whole path', async () => {
    const { port } = await serve(listener => (req, res) => {
      Object.assign(req, { originalUrl: req.url, url: req.url?.slice(prefix.length) || '/' })
      listener(req, res)
    })
    expect((await ask(port, { path: `${prefix}/status` })).status).toBe(200)
    const { status, headers } = await ask(port, { path: `${prefix}/trigger`, method: 'POST' })
    expect([status, headers.location]).toEqual([202, `${prefix}/dumps/${dumpId}`])
  })
})

describe('a client that leaves', () => {
  it('ends its stream, and nothing throws', async () => {
    const { port, monitor, errors } = await serve()
    const { socket, heard } = rawClient(port)
    socket.write(request('GET', `${prefix}/stream`, bearer))
    await until(() => heard().includes('event: status'), heard)
    expect(monitor.events.listenerCount('sample')).toBe(1)
    socket.destroy()
    await until(() => monitor.events.listenerCount('sample') === 0)
    expect(errors).toEqual([])
  })

  it('before the answer is ready is simply not answered', async () => {
    const { port, monitor, errors } = await serve()
    let finish = () => {}
    const begun = new Promise<void>(resolve => {
      monitor.list = () => {
        resolve()
        return new Promise(answer => {
          finish = () => answer({ dumps: [], total: 0 })
        })
      }
    })
    const { socket } = rawClient(port)
    socket.write(request('GET', prefix, bearer))
    await begun
    const [connection] = sockets
    socket.destroy()
    await until(() => connection?.destroyed === true)
    finish()
    expect((await ask(port, { path: `${prefix}/status` })).status).toBe(200)
    expect(errors).toEqual([])
  })

  it('in the middle of its body is no failure of ours', async () => {
    const { port, monitor, errors } = await serve()
    const { socket } = rawClient(port)
    const headers = { ...bearer, 'content-type': 'application/json', 'content-length': '100' }
    socket.write(`${request('PATCH', `${prefix}/thresholds`, headers)}{"cpu":`)
    await until(() => sockets.size === 1)
    const [connection] = sockets
    socket.destroy()
    await until(() => connection?.destroyed === true)
    expect((await ask(port, { path: `${prefix}/status` })).status).toBe(200)
    expect([errors, monitor.asked]).toEqual([[], []])
  })

  it('does not keep a stopping monitor from ending its stream', async () => {
    const { port, monitor } = await serve()
    const { socket, heard } = rawClient(port)
    socket.write(request('GET', `${prefix}/stream`, bearer))
    await until(() => heard().includes('event: status'), heard)
    monitor.events.emit('stopping')
    await until(() => heard().endsWith('\r\n0\r\n\r\n'), heard)
    socket.destroy()
  })

  it('but only stops reading is cut off', async () => {
    const { port, monitor, errors } = await serve()
    const { socket, heard } = rawClient(port)
    socket.write(request('GET', `${prefix}/stream`, bearer))
    await until(() => heard().includes('event: status'), heard)
    socket.pause()
    const padding = 'x'.repeat(100_000)
    const [connection] = sockets
    for (let sent = 0; monitor.events.listenerCount('sample') > 0; sent += padding.length) {
      expect(sent, 'bytes that wait for the client').toBeLessThan(64 * 1024 ** 2)
      monitor.events.emit('sample', { at: 1, values: { [padding]: 1 } })
      await new Promise(resolve => setImmediate(resolve))
    }
    await until(() => connection?.destroyed === true)
    expect(errors).toEqual([])
    socket.destroy()
  })
})

describe('a body', () => {
  const json = { ...bearer, 'content-type': 'application/json' }

  it('that is too long is refused on the spot, and the client can read that', async () => {
    const { port, monitor } = await serve()
    for (const headers of [
      { ...json, 'content-length': '100000000' },
      { ...json, 'transfer-encoding': 'chunked' },
    ]) {
      const { socket, heard } = rawClient(port)
      socket.write(request('PATCH', `${prefix}/thresholds`, headers))
      const piece = 'x'.repeat(16_384)
      const framed = 'transfer-encoding' in headers ? `4000\r\n${piece}\r\n` : piece
      let sent = 0
      const timer = setInterval(() => {
        if (socket.writable && !heard()) sent += socket.write(framed) ? piece.length : 0
      }, 1)
      await until(() => socket.destroyed || socket.readableEnded, heard)
      clearInterval(timer)
      expect(heard()).toMatch(/^HTTP\/1\.1 413 /)
      expect(heard().toLowerCase()).toContain('connection: close')
      expect(heard()).toMatch(/"status":413.*\}$/)
      expect(sent).toBeLessThan(2 * 1024 ** 2)
      socket.destroy()
    }
    expect(monitor.asked).toEqual([])
  })

  it('that is a little too long is refused, also when it is sent in one go', async () => {
    const { url } = await serve()
    for (let i = 0; i < 20; i++) {
      const response = await fetch(`${url}/thresholds`, { method: 'PATCH', headers: json, body: 'x'.repeat(70_000) })
      expect(response.status).toBe(413)
      expect(await response.json()).toMatchObject({ status: 413 })
    }
  })

  it('that never ends does not hold on to the connection, yet leaves the client time to read the answer', async () => {
    const { port } = await serve()
    const { socket, heard } = rawClient(port)
    socket.write(request('PATCH', `${prefix}/thresholds`, { ...json, 'content-length': '100000000' }))
    await until(() => /"status":413.*\}$/.test(heard()), heard)
    const answered = performance.now()
    await until(() => socket.readableEnded || socket.destroyed, heard)
    expect(performance.now() - answered).toBeGreaterThan(500)
    socket.destroy()
  })

  it('of a refused request is dropped, and the connection goes on', async () => {
    const { port, monitor } = await serve()
    const { socket, heard } = rawClient(port)
    const body = JSON.stringify({ reason: 'x'.repeat(400) })
    const wrong = { ...json, authorization: 'Bearer wrong', 'content-length': String(body.length) }
    socket.write(request('POST', `${prefix}/trigger`, wrong))
    await until(() => heard().includes('401'), heard)
    socket.write(body + request('GET', `${prefix}/status`, bearer))
    await until(() => heard().includes('HTTP/1.1 200'), heard)
    expect(heard().toLowerCase()).not.toContain('connection: close')
    expect(monitor.asked).toEqual([])
    socket.destroy()
  })

  it.each([
    ['an object', (req: NodeRequest, text: string) => Object.assign(req, { body: JSON.parse(text) })],
    ['a Buffer', (req: NodeRequest, text: string) => Object.assign(req, { body: Buffer.from(text) })],
    ['a string', (req: NodeRequest, text: string) => Object.assign(req, { body: text })],
  ])('that was parsed into %s is taken from there', async (_, parsed) => {
    const { port, monitor } = await serve(listener => async (req, res) => {
      parsed(req, await text(req))
      listener(req, res)
    })
    const body = '{"duration":50}'
    expect((await ask(port, { method: 'POST', path: `${prefix}/trigger`, headers: json }, body)).status).toBe(202)
    expect(monitor.asked).toEqual([['begin', { duration: 50 }]])
    const evil = '{"cpu":{"__proto__":{"a":1}}}'
    expect((await ask(port, { method: 'PATCH', path: `${prefix}/thresholds`, headers: json }, evil)).status).toBe(400)
  })

  it('that was parsed may not have been too long before', async () => {
    const { port } = await serve(listener => async (req, res) => {
      Object.assign(req, { body: JSON.parse(await text(req)) })
      listener(req, res)
    })
    const padded = `{}${' '.repeat(64 * 1024)}`
    const patch = { method: 'PATCH', path: `${prefix}/thresholds`, headers: json }
    const sent = { ...patch, headers: { ...json, 'content-length': padded.length } }
    expect((await ask(port, sent, padded)).status).toBe(413)
    const long = JSON.stringify({ pad: 'x'.repeat(64 * 1024) })
    expect((await ask(port, { ...patch, headers: { ...json, 'transfer-encoding': 'chunked' } }, long)).status).toBe(413)
  })

  it('is read where a parser has left an empty object and not read it', async () => {
    const { port, monitor } = await serve(listener => (req, res) => {
      Object.assign(req, { body: {} })
      listener(req, res)
    })
    const body = '{"duration":50}'
    expect((await ask(port, { method: 'POST', path: `${prefix}/trigger`, headers: json }, body)).status).toBe(202)
    expect(monitor.asked).toEqual([['begin', { duration: 50 }]])
  })

  it('that a parser has used up and not kept is no hang', async () => {
    const { port } = await serve(listener => async (req, res) => {
      await text(req)
      listener(req, res)
    })
    for (const options of [
      { method: 'PATCH', path: `${prefix}/thresholds` },
      { method: 'POST', path: `${prefix}/trigger` },
    ])
      expect((await ask(port, { ...options, headers: json }, '{"duration":50}')).status).toBe(400)
  })
})

it('the node:http handler works over TLS', async () => {
  const { handler } = askAdmin()
  const server = https.createServer({ key, cert }, createNodeListener(handler))
  servers.push(server)
  const port = await listen(server)
  const req = https.request({
    port,
    host: '127.0.0.1',
    path: `${prefix}/trigger`,
    method: 'POST',
    rejectUnauthorized: false,
  })
  req.setHeader('cookie', `autodump_session=${createSessions('t0ken').begin()}`)
  req.setHeader('origin', `https://127.0.0.1:${port}`)
  req.end()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  expect(res.statusCode).toBe(202)
  res.resume()
  await once(res, 'end')
  req.destroy()
})

describe('the node:http handler over HTTP/2', () => {
  async function connected() {
    const monitor = createFakeMonitor()
    const errors: unknown[] = []
    const listener = createNodeListener(askAdmin({}, monitor).handler, (what, error) => errors.push([what, error]))
    const server = http2.createServer((req, res) => void listener(req, res))
    servers.push(server)
    const session = http2.connect(`http://127.0.0.1:${await listen(server)}`)
    const ask = async (method: string, path: string, headers = {}, body?: string) => {
      const stream = session.request({ ':method': method, ':path': prefix + path, ...bearer, ...headers })
      stream.end(body)
      const [head] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders]
      return { status: head[':status'], head, text: await text(stream) }
    }
    return { monitor, errors, session, ask }
  }
  const json = { 'content-type': 'application/json' }

  it('requests, bodies and refusals get through', async () => {
    const { monitor, errors, session, ask } = await connected()
    expect(JSON.parse((await ask('GET', '')).text)).toMatchObject({ dumps: [{ id: dumpId }] })
    expect(await ask('HEAD', '/status')).toMatchObject({ status: 200, text: '' })
    expect((await ask('POST', '/trigger')).status).toBe(202)
    expect((await ask('POST', '/trigger', json, '{"duration":50}')).status).toBe(202)
    expect(monitor.asked.slice(1)).toEqual([
      ['begin', {}],
      ['begin', { duration: 50 }],
    ])
    expect((await ask('GET', '/status', { authorization: 'no' })).status).toBe(401)
    expect((await ask('PATCH', '/thresholds', json, '{')).status).toBe(400)
    expect(errors).toEqual([])
    session.destroy()
  })

  it('a body that is too long ends its stream and leaves the session be', async () => {
    const { session, ask } = await connected()
    const stream = session.request({ ':method': 'PATCH', ':path': `${prefix}/thresholds`, ...bearer, ...json })
    stream.on('error', () => {})
    stream.write('x'.repeat(100_000))
    const [head] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders]
    expect(head[':status']).toBe(413)
    stream.resume()
    await once(stream, 'close')
    expect((await ask('GET', '/status')).status).toBe(200)
    session.destroy()
  })

  it('a body that nobody wanted does not hold on to its stream', async () => {
    const { session } = await connected()
    const headers = { ...json, 'content-length': '60000', authorization: 'Bearer wrong' }
    const stream = session.request({ ':method': 'PATCH', ':path': `${prefix}/thresholds`, ...headers })
    stream.write('x'.repeat(50_000))
    const [head] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders]
    expect(head[':status']).toBe(401)
    stream.resume()
    stream.end('x'.repeat(10_000))
    await once(stream, 'close')
    session.destroy()
  })

  it('a stream ends with its client', async () => {
    const { monitor, session } = await connected()
    const stream = session.request({ ':path': `${prefix}/stream`, ...bearer })
    await once(stream, 'data')
    stream.close()
    await until(() => monitor.events.listenerCount('sample') === 0)
    session.destroy()
  })
})
