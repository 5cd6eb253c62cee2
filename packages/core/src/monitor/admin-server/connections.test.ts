import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAdminHandler } from '../../http/admin-handler.js'
import { createFakeMonitor } from '../../testing/fake-monitor.js'
import { rawClient, request, until } from '../../testing/sockets.js'
import { startAdminServer } from './server.js'

const quiet = { info() {}, warn() {}, error() {} }

/** So long that only strangers can end a connection. */
const timeouts = { headersTimeout: 600_000, requestTimeout: 600_000, keepAliveTimeout: 600_000 }

async function start(auth: { token: string } | false = { token: 't0ken' }) {
  const handler = createAdminHandler(createFakeMonitor(), { auth, logger: quiet })
  const server = await startAdminServer(
    handler,
    { host: '127.0.0.1', port: 0 },
    { open: !auth, onError: () => {}, timeouts },
  )
  const port = Number(new URL(server.address).port)
  const sockets: Socket[] = []
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await server.close()
  })
  return {
    port,
    /** Connections that begin so, and read nothing. */
    async strangers(count: number, text: string) {
      await Promise.all(
        Array.from({ length: count }, () => {
          const socket = connect(port, '127.0.0.1')
            .on('error', () => {})
            .pause()
          sockets.push(socket)
          return new Promise<void>(resolve => socket.once('connect', () => socket.write(text, () => resolve())))
        }),
      )
    },
    client() {
      const client = rawClient(port)
      sockets.push(client.socket)
      return client
    },
  }
}

const withToken = { authorization: 'Bearer t0ken' }

const status = request('GET', '/debug/autodump/status', withToken)

const answersIn = (text: string) => text.match(/HTTP\/1.1 \d+/g) ?? []

describe('a port that strangers have filled', () => {
  it.each([
    ['with connections on which nothing is said', ''],
    ['with headers that do not end', 'GET /debug/autodump/status HTTP/1.1\r\nhost: x\r\n'],
    ['with requests without a token', request('GET', '/debug/autodump/status')],
    ['with logins that do not end', `${request('POST', '/debug/autodump/login', { 'content-length': '50' })}{`],
  ])('%s still serves whoever has the token', async (_, text) => {
    const { strangers, client } = await start()
    await strangers(300, text)
    const { socket, heard } = client()
    socket.write(status)
    await until(() => answersIn(heard()).length === 1)
    expect(answersIn(heard())).toEqual(['HTTP/1.1 200'])
  })

  it('keeps the connections of those who have proven who they are, idle or busy', async () => {
    const { strangers, client } = await start()
    const idle = client()
    idle.socket.write(status)
    const busy = client()
    busy.socket.write(request('GET', '/debug/autodump/stream', withToken))
    await until(() => idle.heard().includes('HTTP/1.1 200') && busy.heard().includes('event: status'))
    await strangers(400, 'GET / HTTP/1.1\r\n')
    const another = client()
    another.socket.write(status)
    await until(() => answersIn(another.heard()).length === 1)
    idle.socket.write(status)
    await until(() => answersIn(idle.heard()).length === 2)
    expect([idle.socket.destroyed, busy.socket.destroyed]).toEqual([false, false])
  })

  it('makes room among them where there are no strangers: those that are idle go first, the oldest of them', async () => {
    const { client } = await start()
    const busy = client()
    busy.socket.write(request('GET', '/debug/autodump/stream', withToken))
    await until(() => busy.heard().includes('event: status'))
    const idle: ReturnType<typeof client>[] = []
    for (let count = 0; count < 140; count++) {
      const one = client()
      one.socket.write(status)
      idle.push(one)
      await until(() => answersIn(one.heard()).length === 1)
    }
    await until(() => idle[0]?.socket.destroyed === true)
    expect(busy.socket.destroyed).toBe(false)
    expect(idle.at(-1)?.socket.destroyed).toBe(false)
  })

  it('asks for nothing where nobody has to prove anything', async () => {
    const { strangers, client } = await start(false)
    await strangers(300, '')
    const { socket, heard } = client()
    socket.write(request('GET', '/debug/autodump/status'))
    await until(() => answersIn(heard()).length === 1)
    expect(answersIn(heard())).toEqual(['HTTP/1.1 200'])
  })
})
