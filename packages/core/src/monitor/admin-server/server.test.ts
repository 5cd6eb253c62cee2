import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAdminHandler } from '../../http/admin-handler.js'
import { createFakeMonitor } from '../../testing/fake-monitor.js'
import { startAdminServer } from './server.js'

async function start(timeouts = {}, host = '127.0.0.1') {
  const handler = createAdminHandler(createFakeMonitor(), { auth: { token: 't0ken' } })
  const place = { host, port: 0 }
  const server = await startAdminServer(handler, place, { open: false, onError: () => {}, timeouts })
  onTestFinished(() => server.close())
  return server
}

const headers = { authorization: 'Bearer t0ken' }

describe('the admin server', () => {
  it('serves the routes at the address that it gives', async () => {
    const { address } = await start()
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/debug\/autodump$/)
    expect((await fetch(`${address}/status`, { headers })).status).toBe(200)
    expect((await fetch(`${address}/status`)).status).toBe(401)
    expect((await fetch(new URL('/', address), { headers })).status).toBe(404)
  })

  it('writes an address of IPv6 as a URL wants it', async () => {
    const { address } = await start({}, '::1')
    expect(address).toMatch(/^http:\/\/\[::1\]:\d+\//)
    expect((await fetch(`${address}/status`, { headers })).status).toBe(200)
  })

  it('does not wait for a client that sends its headers slowly', async () => {
    const { address } = await start({ headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 20 })
    const { hostname, port } = new URL(address)
    const socket = connect(Number(port), hostname)
    socket.write('GET /debug/autodump/status HTTP/1.1\r\nhost: x\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1.1 408/)
  })

  it('cuts off what hangs on it when it closes', async () => {
    const server = await start()
    const { hostname, port } = new URL(server.address)
    const socket = connect(Number(port), hostname)
    socket.write('POST /debug/autodump/trigger HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t0ken\r\n')
    await new Promise(resolve => socket.once('connect', resolve))
    await server.close()
    await text(socket).catch(() => {})
    expect(socket.destroyed || socket.readableEnded).toBe(true)
  })
})
