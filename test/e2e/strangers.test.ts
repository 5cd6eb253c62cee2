import { readdirSync, readFileSync, statSync } from 'node:fs'
import { request as ask } from 'node:http'
import { connect as connectHttp2, constants } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, token } from '../support.js'

const prefix = '/debug/autodump'
const speedscope = join(import.meta.dirname, '../../packages/core/dist/dashboard/speedscope')
const sizeOf = (name: string) => statSync(join(speedscope, name)).size
const [largest = ''] = readdirSync(speedscope)
  .filter(name => !name.endsWith('.gz'))
  .sort((a, b) => sizeOf(b) - sizeOf(a))
const pageFile = `${prefix}/speedscope/${largest}`

const get = (path: string, ...headers: string[]) =>
  `${[`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`

const start = (options: Parameters<typeof startServer>[0] = {}, more: Parameters<typeof startServer>[1] = {}) =>
  startServer({ thresholds: noRules, ...options }, { fixture: 'strangers.mjs', ...more })

const hasProc = process.platform === 'linux'

/** MiB that a process has had at most. */
function peakOf({ child }: RunningServer): number {
  const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) / 1024
}

/** Connections that send something and read nothing. Resolves when all of it is out. */
async function attack(port: number, connections: number, text: string): Promise<void> {
  const sockets: Socket[] = []
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  await Promise.all(
    Array.from({ length: connections }, () => {
      const socket = connect(port, '127.0.0.1').pause()
      sockets.push(socket)
      return new Promise<void>(resolve => {
        socket.on('error', () => resolve()).on('close', () => resolve())
        socket.write(text, () => resolve())
      })
    }),
  )
}

/** The status that somebody else gets, on a connection of his own. */
function status(port: number, path: string, headers = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = ask({ port, host: '127.0.0.1', path, headers, agent: false }, answer => {
      answer.resume().once('end', () => resolve(answer.statusCode))
    })
    asked.once('error', reject).end()
  })
}

const withToken = { authorization: `Bearer ${token}` }
const portOf = (url: string) => Number(new URL(url).port)
const adminPortOf = async (server: RunningServer) =>
  portOf(await eventually('it listens', async () => (await server.status()).admin?.address))

/** 6,000 requests each, of which Node itself keeps 20 MiB, and half as many are answered whatever they ask for. */
const attacks: [string, string][] = [
  ['the largest file of the page, plain', get(pageFile, 'Accept-Encoding: identity').repeat(100)],
  ['the largest file of the page, zipped', get(pageFile, 'Accept-Encoding: gzip').repeat(100)],
  ['the page', get(prefix, 'Accept: text/html').repeat(100)],
  ['what needs a token', get(`${prefix}/dumps`).repeat(100)],
  ['what there is not', get(`${prefix}/assets/nothing.js`).repeat(100)],
  ['the head of a file', get(pageFile).replace('GET', 'HEAD').repeat(100)],
]

describe.skipIf(!hasProc)('anonymous clients that ask for much and read nothing', () => {
  it.each(attacks)('do not fill the memory, nor keep others waiting: %s', async (_, text) => {
    const server = await start()
    const port = portOf(server.base)
    expect(await status(port, '/')).toBe(200)
    const before = peakOf(server)
    await attack(port, 60, text)
    expect(await status(port, '/')).toBe(200)
    expect(await status(port, `${prefix}/status`, withToken)).toBe(200)
    expect(await status(port, pageFile)).toBe(200)
    expect(peakOf(server) - before).toBeLessThan(120)
  })

  it.each(attacks)('do not shut out those with a token from the admin port: %s', async (_, text) => {
    const server = await start({ admin: { port: 0 } })
    const port = await adminPortOf(server)
    const before = peakOf(server)
    // More connections than the port has.
    await attack(port, 140, text)
    for (let count = 0; count < 3; count++) expect(await status(port, `${prefix}/status`, withToken)).toBe(200)
    expect(peakOf(server) - before).toBeLessThan(120)
  })

  it('nor over HTTP/2, where no request waits for another', async () => {
    const server = await start({}, { env: { AUTODUMP_TEST_HTTP2: '1' } })
    const before = peakOf(server)
    const sessions = Array.from({ length: 20 }, () =>
      connectHttp2(server.base, { settings: { initialWindowSize: 0 } }).on('error', () => {}),
    )
    onTestFinished(() => {
      for (const session of sessions) session.destroy()
    })
    const answered = sessions.flatMap(session =>
      Array.from({ length: 100 }, () => {
        const stream = session.request({ ':path': pageFile, 'accept-encoding': 'identity' })
        stream.on('error', () => {}).pause()
        return new Promise<void>(resolve => {
          stream.once('response', () => resolve()).once('close', () => resolve())
        })
      }),
    )
    await Promise.all(answered)
    const other = connectHttp2(server.base)
    onTestFinished(() => other.destroy())
    const stream = other.request({ ':path': `${prefix}/status`, ...withToken })
    const headers = await new Promise<{ ':status'?: number }>((resolve, reject) =>
      stream.once('response', resolve).once('error', reject),
    )
    expect(headers[':status']).toBe(constants.HTTP_STATUS_OK)
    expect(peakOf(server) - before).toBeLessThan(120)
  })
})

describe('a process without WebAssembly', () => {
  it.each([{ execArgv: ['--jitless'] }, { execArgv: ['--jitless', '--frozen-intrinsics'] }])(
    'answers, and is not ended by a request: $execArgv',
    async ({ execArgv }) => {
      const server = await start({ admin: { port: 0 } }, { execArgv })
      const port = portOf(server.base)
      expect(await status(port, `${prefix}/status`)).toBe(401)
      expect(await status(port, `${prefix}/status`, withToken)).toBe(200)
      expect(await status(port, pageFile)).toBe(200)
      expect(await status(port, `${prefix}/metrics`, withToken)).toBe(200)
      expect(await status(await adminPortOf(server), `${prefix}/status`)).toBe(401)
      // An unhandled rejection would have ended it by the time it answers to this.
      server.child.send('are you?')
      await new Promise(resolve => server.child.once('message', resolve))
      expect(server.child.exitCode).toBe(null)
    },
  )
})

describe('a process with frozen intrinsics', () => {
  it('reads bodies of JSON, and refuses those that reach for a prototype', async () => {
    const server = await start({}, { execArgv: ['--frozen-intrinsics'] })
    const post = (body: string) => server.admin('/trigger?wait=true', { method: 'POST', body })
    expect((await post('{"capture":["requests"],"reason":"by hand"}')).status).toBe(201)
    expect((await post('{"__proto__":{"duration":1}}')).status).toBe(400)
    expect((await post('{"capture":')).status).toBe(400)
  })
})
