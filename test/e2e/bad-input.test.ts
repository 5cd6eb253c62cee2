import { connect, type Socket } from 'node:net'
import { createMonitor, type Manifest } from '@autodump/core'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory, token } from '../support.js'

const authorization = `Authorization: Bearer ${token}`
const head = (...lines: string[]) => `${[...lines, 'Host: x'].join('\r\n')}\r\n\r\n`
/** What must not be done: it hides in what is sent before. */
const smuggled = head('DELETE /debug/autodump/dumps/DUMP HTTP/1.1', authorization)
const canary = head('GET /users/canary HTTP/1.1', 'Connection: close')
const post = (...lines: string[]) => ['POST /debug/autodump/trigger HTTP/1.1', authorization, ...lines]
const json = 'Content-Type: application/json'

const start = () => startServer({ interval: 100, thresholds: noRules, cpuProfile: { duration: 50 } })

/** Sends bytes as they are, and resolves with all that comes back until the server closes the connection. */
async function exchange(server: RunningServer, bytes: string | string[]): Promise<string> {
  const socket = connect(Number(new URL(server.base).port), '127.0.0.1')
  let heard = ''
  socket.on('data', chunk => {
    heard += chunk.toString('latin1')
  })
  socket.on('error', () => {}) // To be cut off is one way to be refused, and it may come before all is sent.
  socket.setTimeout(10_000, () => socket.destroy(new Error('no end')))
  const end = closed(socket)
  for (const piece of [bytes].flat()) {
    socket.write(piece, 'latin1')
    if (Array.isArray(bytes)) await new Promise(resolve => setTimeout(resolve, 2))
  }
  await end
  return heard
}

/** However it comes about: to be reset is an end too. */
const closed = (socket: Socket) => new Promise(resolve => socket.once('close', resolve))

const statuses = (heard: string) => [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

async function plant(server: RunningServer): Promise<string> {
  const response = await server.admin('/trigger?wait=true', { method: 'POST', body: '{"capture":["requests"]}' })
  return ((await response.json()) as Manifest).id
}

it('no request hides in another, whatever the two say of where the first one ends', async () => {
  const server = await start()
  const id = await plant(server)
  const hidden = smuggled.replace('DUMP', id)
  const length = `Content-Length: ${hidden.length}`
  const chunked = 'Transfer-Encoding: chunked'
  const cases: Record<string, string> = {
    'both lengths': `${head(...post(json, chunked, 'Content-Length: 4'))}0\r\n\r\n${hidden}`,
    'two lengths': head(...post(json, 'Content-Length: 0', length)) + hidden,
    'a list of lengths': head(...post(json, `Content-Length: 0, ${hidden.length}`)) + hidden,
    'a signed length': head(...post(json, `Content-Length: +${hidden.length}`)) + hidden,
    'a length in hex': head(...post(json, 'Content-Length: 0x0')) + hidden,
    'an unknown coding': head(...post(json, 'Transfer-Encoding: xchunked', 'Content-Length: 0')) + hidden,
    'chunked, but not last': `${head(...post(json, 'Transfer-Encoding: chunked, identity'))}0\r\n\r\n${hidden}`,
    'a space before the colon': head(...post(json, 'Transfer-Encoding : chunked', length)) + hidden,
    'a folded header': head(...post(json, `X: a\r\n ${chunked}`, 'Content-Length: 0')) + hidden,
    'a bare line feed': head(...post(json, `X: a\n${chunked}`, length)) + hidden,
    'a NUL in a header': head(...post(json, 'X: a\0b')) + hidden,
    'a chunk that is too long for a number': `${head(...post(json, chunked))}fffffffffffffffff1\r\n${hidden}`,
    'a negative chunk': `${head(...post(json, chunked))}-1\r\n${hidden}`,
  }
  for (const [name, bytes] of Object.entries(cases)) {
    const heard = await exchange(server, bytes)
    expect(
      statuses(heard).every(status => status >= 400 && status < 500),
      `${name}: ${heard}`,
    ).toBe(true)
    expect(heard.includes('canary'), name).toBe(false)
  }
  // Nothing was deleted, and nothing but what was asked for in the open was captured.
  const { dumps } = (await (await server.admin('')).json()) as { dumps: { id: string }[] }
  expect(dumps.map(dump => dump.id)).toEqual([id])
  expect((await server.status()).errors).toEqual([])
})

it('a body that nobody wants is never taken for the next request', async () => {
  const server = await start()
  const id = await plant(server)
  const hidden = smuggled.replace('DUMP', id)
  const length = `Content-Length: ${hidden.length}`
  const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`
  const path = '/debug/autodump'
  const cases: [string, string, number[]][] = [
    ['refused for its type', head(...post('Content-Type: text/plain', length)) + hidden + canary, [415, 200]],
    ['without a token', head(`POST ${path}/trigger HTTP/1.1`, json, length) + hidden + canary, [401, 200]],
    ['a HEAD with a body', head(`HEAD ${path}/status HTTP/1.1`, authorization, length) + hidden + canary, [200, 200]],
    ['a GET with a body', head(`GET ${path}/status HTTP/1.1`, authorization, length) + hidden + canary, [200, 200]],
    [
      'a DELETE with a body',
      head(`DELETE ${path}/dumps/x HTTP/1.1`, authorization, length) + hidden + canary,
      [404, 200],
    ],
    ['of no method here', head(`PUT ${path}/status HTTP/1.1`, authorization, length) + hidden + canary, [405, 200]],
    // What has no end that is known is not waited for.
    ['in chunks', head(...post('Content-Type: text/plain', 'Transfer-Encoding: chunked')) + chunk + canary, [415]],
  ]
  for (const [name, bytes, expected] of cases) {
    const heard = await exchange(server, bytes)
    const got = statuses(heard)
    expect(expected[1] === undefined ? got.slice(0, 1) : got, `${name}: ${heard}`).toEqual(expected)
    expect(heard.includes('canary'), name).toBe(got.length === 2)
  }
  expect((await server.admin(`/dumps/${id}`)).status).toBe(200)
})

it('pipelined requests are answered in their order', async () => {
  const server = await start()
  const status = head('GET /debug/autodump/thresholds HTTP/1.1', authorization)
  const heard = await exchange(server, status + status + canary)
  expect(statuses(heard)).toEqual([200, 200, 200])
  expect(heard.indexOf('canary')).toBeGreaterThan(heard.lastIndexOf('watermark'))
})

it('a client that waits to be told to go on is told, or is refused before it has sent a byte', async () => {
  const server = await start()
  const body = '{"capture":["requests"]}'
  const expecting = (...lines: string[]) =>
    head(...lines, json, `Content-Length: ${body.length}`, 'Expect: 100-continue', 'Connection: close')
  expect(statuses(await exchange(server, [expecting(...post()), body]))).toEqual([100, 202])
  const refused = statuses(await exchange(server, [expecting('POST /debug/autodump/trigger HTTP/1.1'), body]))
  expect(refused.at(-1)).toBe(401)
  expect(
    statuses(await exchange(server, head(...post('Expect: something-else', 'Content-Length: 0', 'Connection: close')))),
  ).toEqual([417])
})

it('uploads that are slow, cut off or too large do nothing, and leave nothing behind', async () => {
  const server = await start()
  const body = '{"cpu":{"watermark":77}}'
  const patch = (length: number, ...more: string[]) =>
    head('PATCH /debug/autodump/thresholds HTTP/1.1', authorization, json, `Content-Length: ${length}`, ...more)
  expect(statuses(await exchange(server, [patch(body.length, 'Connection: close'), ...body]))).toEqual([200])
  const { etag } = await server.admin('/thresholds').then(response => ({ etag: response.headers.get('etag') }))
  const port = Number(new URL(server.base).port)
  const cut = Array.from({ length: 40 }, (_, index) => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write(patch(100) + body.slice(0, index % body.length))
    setTimeout(() => (index % 2 ? socket.destroy() : socket.resetAndDestroy()), 50)
    return closed(socket)
  })
  await Promise.all(cut)
  const large = await exchange(server, patch(10_000_000) + ' '.repeat(200_000))
  expect(statuses(large)).toEqual([413])
  const huge = await exchange(server, head('GET /debug/autodump HTTP/1.1', `X: ${'x'.repeat(20_000)}`))
  expect(statuses(huge)).toEqual([431])
  expect((await server.admin('/thresholds')).headers.get('etag')).toBe(etag)
  await eventually('no connection is left in flight', async () => (await server.status()).sample?.values.inFlight === 0)
  expect((await server.status()).errors).toEqual([])
})

it('words of a client do not become headers, lines of a log or names of files', async () => {
  const server = await startServer({
    interval: 100,
    thresholds: noRules,
    labels: { service: 'a\r\nset-cookie: x=1' },
  })
  const reason = 'one\r\nset-cookie: stolen=1\r\n\r\n\u001b[31mautodump: forged\u2028line'
  const response = await server.admin('/trigger?wait=true', {
    method: 'POST',
    body: JSON.stringify({ capture: ['requests'], reason }),
  })
  const { id, trigger, artifacts } = (await response.json()) as Manifest
  expect(trigger.reason).toBe('one set-cookie: stolen=1 [31mautodump: forged line')
  const path = `/debug/autodump/dumps/${id}/${artifacts[0]?.file}`
  for (const target of [
    path,
    `${path}%0d%0aset-cookie:%20stolen=1`,
    `/debug/autodump/dumps/%0d%0aset-cookie:%20stolen=1`,
  ]) {
    const heard = await exchange(server, head(`GET ${target} HTTP/1.1`, authorization, 'Connection: close'))
    expect(heard.split('\r\n\r\n')[0]).not.toMatch(/^set-cookie/im)
    expect(statuses(heard)).toEqual([target === path ? 200 : 404])
  }
  expect(server.output()).not.toMatch(/^autodump: forged/m)
  expect(server.output()).not.toContain('\u001b[31m')
})

it('what code hands over that is no data at all is refused as any other bad input', async () => {
  const logger = { info() {}, warn() {}, error() {} }
  const monitor = createMonitor({ dir: temporaryDirectory(), interval: 100, thresholds: noRules, logger })
  onTestFinished(() => monitor.stop())
  await monitor.start()
  const before = monitor.thresholds()
  const ring: { cpu?: unknown } = {}
  ring.cpu = ring
  for (const value of [() => 1, Symbol('s'), 10n, ring, null, [], new Proxy({}, {})]) {
    const refusal = { name: 'AutodumpError', code: 'INVALID' }
    await expect(monitor.trigger({ duration: value } as never)).rejects.toMatchObject(refusal)
    await expect(monitor.updateThresholds({ cpu: { min: value ?? 'x' } })).rejects.toMatchObject(refusal)
  }
  expect(monitor.thresholds()).toEqual(before)
  expect((await monitor.trigger({ capture: ['requests'] })).state).toBe('complete')
  expect(monitor.status().errors).toEqual([])
})
