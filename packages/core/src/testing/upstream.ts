import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { serve } from './in-flight-server.js'

/** A server that others call, whose answers wait for the test; `tidyUp` closes it. */
export async function startUpstream() {
  const stalled: ServerResponse[] = []
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    const { pathname } = new URL(req.url ?? '/', 'http://localhost')
    if (pathname === '/ok') res.end('ok')
    else if (pathname === '/reset') req.socket.destroy()
    else if (pathname === '/cut') {
      res.writeHead(200, { 'content-length': 1000 })
      res.write('half', () => req.socket.destroy())
    } else if (pathname === '/half') {
      res.writeHead(200)
      res.write('half')
      stalled.push(res)
    } else if (pathname === '/redirect') res.writeHead(302, { location: '/ok' }).end()
    else stalled.push(res)
  })
  server.on('upgrade', (_req, socket) => {
    socket.on('error', () => {})
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: test\r\n\r\n')
  })
  const port = await serve(server)
  return { server, port, address: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}`, stalled }
}
