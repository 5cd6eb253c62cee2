import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createHandler, later, serve, startInFlight, tidyUp } from '../../../testing/in-flight-server.js'
import { rawClient, request, until } from '../../../testing/sockets.js'

afterEach(tidyUp)

async function setUp() {
  let time = 1000
  const inFlight = startInFlight({ now: () => time })
  const { handler, waiting } = createHandler()
  const port = await serve(createServer(handler))
  return {
    inFlight,
    waiting,
    client() {
      const { socket, heard } = rawClient(port)
      later(socket)
      return { socket, heard }
    },
    /** A beat, so many milliseconds later. */
    pass(ms: number) {
      time += ms
      inFlight.beat()
    },
    /** By URL. */
    ages: () => Object.fromEntries(inFlight.table().rows.map(({ url, ageMs }) => [url, ageMs])),
  }
}

/** More than are followed to their answer between two scans: those after them are only dated and counted. */
const many = 20

describe('the time at which a request arrived', () => {
  it('is that of each connection, while others come and go', async () => {
    const { inFlight, waiting, client, pass, ages } = await setUp()
    const clients = []
    for (let index = 0; index < 100; index++) {
      const { socket } = client()
      clients.push(socket)
      socket.write(request('GET', `/wait/${index}`))
      await until(() => waiting.length === index + 1)
      pass(10)
    }
    for (let index = 0; index < 100; index += 3) clients[index]?.destroy()
    await until(() => inFlight.scan() === 66)
    const left = Array.from({ length: 100 }, (_, index) => index).filter(index => index % 3 !== 0)
    expect(ages()).toEqual(Object.fromEntries(left.map(index => [`/wait/${index}`, 10 * (100 - index)])))
    expect(inFlight.begun()).toBe(100)
  })

  it('is that of the last request on a connection, also where nobody looks in between', async () => {
    const { inFlight, waiting, client, pass, ages } = await setUp()
    const { socket, heard } = client()
    for (let index = 1; index <= many; index++) {
      socket.write(request('GET', '/ok'))
      await until(() => heard().split('\r\n\r\nok').length === index + 1)
    }
    pass(500)
    socket.write(request('GET', '/wait'))
    await until(() => waiting.length === 1)
    pass(70)
    expect(ages()).toEqual({ '/wait': 70 })
    expect([inFlight.scan(), inFlight.begun()]).toEqual([1, many + 1])
  })

  it('is that of a request which comes after pipelined ones were answered', async () => {
    const { inFlight, waiting, client, pass, ages } = await setUp()
    const { socket, heard } = client()
    for (let index = 1; index <= many; index++) {
      socket.write(request('GET', '/ok'))
      await until(() => heard().split('\r\n\r\nok').length === index + 1)
    }
    socket.write(['/wait/a', '/wait/b', '/wait/c'].map(url => request('GET', url)).join(''))
    await until(() => waiting.length === 3)
    pass(100)
    expect(ages()).toEqual({ '/wait/a': 100, '/wait/b': 100, '/wait/c': 100 })
    for (const { res } of waiting.splice(0)) res.end('done')
    await until(() => heard().split('done').length === 4)
    pass(100)
    socket.write(request('GET', '/wait/d'))
    await until(() => waiting.length === 1)
    pass(30)
    expect(ages()).toEqual({ '/wait/d': 30 })
    expect([inFlight.scan(), inFlight.begun()]).toEqual([1, many + 4])
  })
})
