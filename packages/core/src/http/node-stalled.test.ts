import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { listen, request, until } from '../testing/sockets.js'
import { send } from './node-response.js'

/** A server whose answers have no end, and what has become of their bodies. */
async function endless(patience?: number) {
  const bodies = { open: 0, cancelled: 0 }
  const chunk = new Uint8Array(64 * 1024)
  const server = createServer((req, res) => {
    bodies.open++
    const body = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(chunk),
      cancel() {
        bodies.open--
        bodies.cancelled++
      },
    })
    void send(new Response(body), req, res, patience)
  })
  const port = await listen(server)
  const clients: Socket[] = []
  onTestFinished(() => {
    for (const client of clients) client.destroy()
    server.close()
  })
  return {
    bodies,
    /** A client that asks, and never reads. */
    ask() {
      const client = connect(port, '127.0.0.1').on('error', () => {})
      client.write(request('GET', '/'))
      clients.push(client)
      return client
    },
  }
}

it('a client that does not read is cut off after a while, and its body cancelled', async () => {
  const { bodies, ask } = await endless(50)
  ask()
  await until(() => bodies.cancelled === 1)
  expect(bodies.open).toBe(0)
})

it('of many that do not read, those that have waited longest make room for others', async () => {
  const { bodies, ask } = await endless()
  const first = ask()
  await until(() => bodies.open === 1)
  for (let count = 0; count < 200; count++) ask()
  await until(
    () => bodies.open + bodies.cancelled === 201 && bodies.open <= 128,
    () => JSON.stringify(bodies),
  )
  expect(bodies.open).toBeGreaterThan(100)
  // The reader sees the end of the connection.
  let closed = false
  first.on('close', () => {
    closed = true
  })
  first.resume()
  await until(() => closed)
})

it('a client that reads slowly, but reads, gets all of it', async () => {
  const total = 4 * 1024 ** 2
  const server = createServer((req, res) => {
    let left = total
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left === 0) return controller.close()
        left -= 64 * 1024
        controller.enqueue(new Uint8Array(64 * 1024))
      },
    })
    void send(new Response(body), req, res, 300)
  })
  const port = await listen(server)
  onTestFinished(() => void server.close())
  const client = connect(port, '127.0.0.1')
  client.write(request('GET', '/', { connection: 'close' }))
  let bytes = 0
  client.on('data', chunk => {
    bytes += chunk.length
    client.pause()
    setTimeout(() => client.resume(), 5)
  })
  let ended = false
  client.on('end', () => {
    ended = true
  })
  await until(
    () => ended,
    () => bytes,
  )
  expect(bytes).toBeGreaterThan(total)
})
