import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished, vi } from 'vitest'
import { until } from '../testing/sockets.js'
import { createServerLife, type ServerLife } from './server-life.js'

function living() {
  return { start: vi.fn(), stop: vi.fn(), onShared: vi.fn() }
}

/** A server whose requests `lives` meet; those for `/long` it answers when it is told to. */
async function serve(...lives: ServerLife[]) {
  let end = () => {}
  const server = createServer((req, res) => {
    for (const life of lives) life.meet(req)
    if (req.url !== '/long') return res.end()
    res.write('begun')
    for (const life of lives) life.answering(new Promise(resolve => res.once('finish', resolve)))
    end = () => res.end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const ask = async (path = '/') => {
    // Only the connection of the long one is kept alive: others could be lost with the server, and used again.
    const [response] = await once(get({ port, path, agent: path === '/long' && agent }), 'response')
    return response as IncomingMessage
  }
  const meet = async () => void (await text(await ask()))
  return { server, ask, meet, port, end: () => end() }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

it('the life of a server begins with a request and ends when the last server is closed', async () => {
  const it = living()
  const life = createServerLife(it)
  const one = await serve(life)
  const two = await serve(life)
  expect(it.start).not.toHaveBeenCalled()
  for (let round = 0; round < 3; round++) {
    await one.meet()
    await two.meet()
  }
  expect(it.start).toHaveBeenCalledTimes(2)
  await close(one.server)
  expect(it.stop).not.toHaveBeenCalled()
  await close(two.server)
  expect(it.stop).toHaveBeenCalledTimes(1)
})

it('the life of a server begins again with another server, and with the same one where that listens again', async () => {
  const it = living()
  const { server, meet, port } = await serve(createServerLife(it))
  await meet()
  await close(server)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  await meet()
  expect(it.start).toHaveBeenCalledTimes(2)
  await close(server)
  expect(it.stop).toHaveBeenCalledTimes(2)
})

it('the life of a server ends before the server where an answer of ours would keep that from closing, and lets go of its connection', async () => {
  const it = living()
  const { server, ask, end } = await serve(createServerLife(it))
  it.stop.mockImplementation(() => end())
  const response = await ask('/long')
  const closed = once(server, 'close')
  server.close()
  expect(await text(response)).toBe('begun')
  await closed
  expect(it.stop.mock.calls.length).toBeGreaterThan(0)
})

it('the life of a server goes on during an answer while one of the servers listens', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const it = living()
  const life = createServerLife(it)
  const one = await serve(life)
  const two = await serve(life)
  await two.meet()
  const long = await one.ask('/long')
  one.server.close()
  vi.advanceTimersByTime(1000)
  expect(it.stop).not.toHaveBeenCalled()
  two.server.close()
  vi.advanceTimersByTime(1000)
  expect(it.stop).toHaveBeenCalled()
  one.end()
  await text(long)
  await until(() => vi.getTimerCount() === 0)
})

it('the life of a server tells where two follow one server, but not where one follows it after the other', async () => {
  const [first, second] = [living(), living()]
  const { server, meet, port } = await serve(createServerLife(first), createServerLife(second))
  await meet()
  await meet()
  expect([first.onShared.mock.calls.length, second.onShared.mock.calls.length]).toEqual([0, 1])
  await close(server)
  const third = living()
  const life = createServerLife(third)
  server.removeAllListeners('request')
  server.on('request', (req, res) => {
    life.meet(req)
    res.end()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  await meet()
  expect(third.start).toHaveBeenCalledTimes(1)
  expect(third.onShared).not.toHaveBeenCalled()
})

it('the life of a server leaves alone what has no server, or one that does not listen', async () => {
  const it = living()
  const life = createServerLife(it)
  life.meet({})
  life.meet({ socket: null })
  life.meet({
    get socket() {
      throw new Error('the session has gone')
    },
  })
  // Its connections are handed to it, as by a proxy of the application.
  const inner = createServer((req, res) => {
    life.meet(req)
    res.end('inner')
  })
  const outer = await serve()
  outer.server.removeAllListeners('connection')
  outer.server.on('connection', socket => {
    Object.assign(socket, { server: inner })
    inner.emit('connection', socket)
  })
  const asked = request({ port: outer.port, host: '127.0.0.1', agent: false }).end()
  const [response] = await once(asked, 'response')
  response.resume()
  expect(response.statusCode).toBe(200)
  expect(it.start).not.toHaveBeenCalled()
})
