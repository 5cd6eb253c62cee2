import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { collectGarbage, listen, rawClient, request, until } from '../testing/sockets.js'
import { createAdminHandler } from './admin-handler.js'
import { createNodeListener } from './node.js'

async function serve() {
  const handler = createAdminHandler(createFakeMonitor(), {
    auth: { token: 't0ken' },
    logger: { info() {}, warn() {}, error() {} },
  })
  const listener = createNodeListener(handler)
  const answers: number[] = []
  const server = createServer((req, res) => {
    res.once('close', () => answers.push(res.statusCode))
    void listener(req, res)
  })
  const port = await listen(server)
  const sockets: Socket[] = []
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    port,
    answers,
    send(text: string) {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      sockets.push(socket)
      return new Promise<void>(resolve => socket.write(text, () => resolve()))
    },
  }
}

const type = { 'content-type': 'application/json' }

const login = (headers: object) => request('POST', '/debug/autodump/login', { ...type, ...headers })

const body = '{"token":"t0ken"}'

describe('a login', () => {
  it('may come byte by byte', async () => {
    const { port } = await serve()
    const { socket, heard } = rawClient(port)
    socket.write(login({ 'transfer-encoding': 'chunked' }))
    for (const byte of body) socket.write(`1\r\n${byte}\r\n`)
    socket.write('0\r\n\r\n')
    await until(() => heard().startsWith('HTTP/1.1 204'))
    socket.destroy()
  })

  it('of a stranger that never ends makes room for others, which has taken no more than its bytes', async () => {
    const { port, answers, send } = await serve()
    // 4 MiB in all are held, and these are more.
    const begun = Array.from({ length: 80 }, () => send(login({ 'content-length': '65000' }) + 'x'.repeat(64_000)))
    await Promise.all(begun)
    await until(
      () => answers.includes(503),
      () => answers,
    )
    const { socket, heard } = rawClient(port)
    socket.write(login({ 'content-length': `${body.length}` }) + body)
    await until(() => heard().startsWith('HTTP/1.1 204'))
    expect(answers.filter(status => status === 503).length).toBeLessThan(40)
    socket.destroy()
  })

  it('in chunks of a byte takes no more than its bytes', { tags: ['full'] }, async () => {
    const { answers, send } = await serve()
    collectGarbage()
    const before = process.memoryUsage()
    const chunks = '1\r\n \r\n'.repeat(30_000)
    await Promise.all(Array.from({ length: 20 }, () => send(login({ 'transfer-encoding': 'chunked' }) + chunks)))
    // One that is whole was read after all of them.
    await send(login({ 'content-length': `${body.length}` }) + body)
    await until(() => answers.includes(204))
    collectGarbage()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    expect((heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers) / 1024 ** 2).toBeLessThan(25)
  })
})
