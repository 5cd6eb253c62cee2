import { createServer } from 'node:http'
import { connect as dial, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFakeMonitor } from '../testing/fake-monitor.js'
import { listen, rawClient, request, until } from '../testing/sockets.js'
import { type AdminHandler, createAdminHandler } from './admin-handler.js'
import { createNodeListener } from './node.js'

const prefix = '/debug/autodump'

/** A server whose answers are made when the test says so, and which were asked for. */
async function patient() {
  const asked: string[] = []
  const answers = new Map<string, () => void>()
  const handle = async ({ url }: Request) => {
    const path = new URL(url).pathname.slice(prefix.length)
    asked.push(path)
    if (!path.startsWith('/now')) await new Promise<void>(resolve => answers.set(path, resolve))
    return new Response(path, { headers: { path } })
  }
  const listener = createNodeListener(Object.assign(handle, { prefix }) as AdminHandler)
  const apps: string[] = []
  const server = createServer((req, res) =>
    listener(req, res, () => {
      apps.push(req.url as string)
      if (req.url === '/slow') answers.set('/slow', () => res.end('slow'))
      else res.end('hello')
    }),
  )
  const port = await listen(server)
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { port, asked, apps, answer: (path: string) => answers.get(path)?.() }
}

const get = (path: string) => request('GET', prefix + path)

const pathsIn = (text: string) => [...text.matchAll(/^path: (.*)\r$/gm)].map(([, path]) => path)

function closing(socket: Socket): Promise<void> {
  return new Promise(resolve => socket.once('close', () => resolve()))
}

describe('requests that a client sends before it has the answers to others', () => {
  it('are looked at when it is their turn, in order, and each is answered', async () => {
    const { port, asked, answer } = await patient()
    const { socket, heard } = rawClient(port)
    socket.write(get('/a') + get('/b') + get('/now') + get('/c'))
    await until(() => asked.length === 1)
    // Another connection does not wait for this one.
    const other = rawClient(port)
    other.socket.write(get('/now/other'))
    await until(() => pathsIn(other.heard()).length === 1)
    expect(asked).toEqual(['/a', '/now/other'])
    answer('/a')
    await until(() => asked.length === 3)
    expect(asked.at(-1)).toBe('/b')
    answer('/b')
    await until(() => asked.at(-1) === '/c')
    answer('/c')
    await until(() => pathsIn(heard()).length === 4)
    expect(pathsIn(heard())).toEqual(['/a', '/b', '/now', '/c'])
    socket.destroy()
    other.socket.destroy()
  })

  it('wait for the answers of the app, too, and the app for none of ours', async () => {
    const { port, asked, apps, answer } = await patient()
    const { socket, heard } = rawClient(port)
    socket.write(request('GET', '/slow') + get('/now') + request('GET', '/') + get('/now/last'))
    await until(() => apps.length === 2)
    expect(asked).toEqual([])
    answer('/slow')
    await until(() => heard().includes('path: /now/last'))
    const order = ['slow', 'path: /now\r', 'hello', 'path: /now/last'].map(text => heard().indexOf(text))
    expect([order.includes(-1), order]).toEqual([false, [...order].sort((a, b) => a - b)])
    expect(pathsIn(heard())).toEqual(['/now', '/now/last'])
    socket.destroy()
  })

  it('are all answered where there are many, and others get their turn in between', async () => {
    const { port, asked } = await patient()
    const { socket, heard } = rawClient(port)
    const paths = Array.from({ length: 500 }, (_, index) => `/now/${index}`)
    socket.write(paths.map(get).join(''))
    await until(() => asked.length > 0)
    const other = rawClient(port)
    other.socket.write(get('/now/other'))
    await until(() => pathsIn(heard()).length === 500)
    await until(() => pathsIn(other.heard()).length === 1)
    expect(pathsIn(heard())).toEqual(paths)
    expect(asked.indexOf('/now/other')).toBeLessThan(500)
    socket.destroy()
    other.socket.destroy()
  })

  it('are forgotten where it leaves', async () => {
    const { port, asked } = await patient()
    const { socket } = rawClient(port)
    socket.write(get('/a') + get('/b'))
    await until(() => asked.length === 1)
    socket.destroy()
    const other = rawClient(port)
    other.socket.write(get('/now'))
    await until(() => asked.includes('/now'))
    expect(asked).toEqual(['/a', '/now'])
    other.socket.destroy()
  })

  it('are cut off with their connection where they are too many in all, the longest line first', async () => {
    const { port, asked } = await patient()
    const modest = rawClient(port)
    modest.socket.write(get('/modest') + get('/now/modest'))
    await until(() => asked.length === 1)
    const greedy = dial(port, '127.0.0.1').on('error', () => {})
    const closed = closing(greedy)
    greedy.write(get('/greedy') + get('/now/greedy').repeat(5000))
    greedy.resume()
    await closed
    expect(modest.socket.destroyed).toBe(false)
    // Nothing of what it asked for is done any more.
    const last = rawClient(port)
    last.socket.write(get('/now/last'))
    await until(() => pathsIn(last.heard()).length === 1)
    expect(asked).toEqual(['/modest', '/greedy', '/now/last'])
    modest.socket.destroy()
    last.socket.destroy()
  })

  it('count by what they have sent: long headers and bodies are more', async () => {
    const { port, asked } = await patient()
    const greedy = dial(port, '127.0.0.1').on('error', () => {})
    const closed = closing(greedy.resume())
    const post = request('POST', `${prefix}/now/greedy`, { 'content-length': '9000', cookie: 'x'.repeat(6000) })
    greedy.write(get('/first') + (post + 'x'.repeat(9000)).repeat(600))
    await closed
    expect(asked).toEqual(['/first'])
  })
})

it('the answers that strangers do not read make no memory: each is made when its turn has come', async () => {
  const handler = createAdminHandler(createFakeMonitor(), {
    auth: { token: 't0ken' },
    logger: { info() {}, warn() {}, error() {} },
  })
  let made = 0
  const counted = Object.assign(
    () => {
      made += 1
      // More than any buffer between here and there takes.
      return Promise.resolve(new Response(new Uint8Array(16 * 1024 ** 2)))
    },
    { prefix: handler.prefix },
  )
  const listener = createNodeListener(counted)
  const server = createServer((req, res) => void listener(req, res))
  const port = await listen(server)
  const sockets = Array.from({ length: 10 }, () => {
    const socket = dial(port, '127.0.0.1')
      .on('error', () => {})
      .pause()
    socket.write(get('/x').repeat(20))
    return socket
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await until(() => made >= 10)
  const other = rawClient(port)
  other.socket.write(get('/x'))
  await until(() => other.heard().length > 1024 ** 2)
  expect(made).toBe(11)
  other.socket.destroy()
})
