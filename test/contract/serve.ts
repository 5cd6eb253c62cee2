import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** Serves an application on a free port of the loopback, as `app.listen()` would, until it is closed. */
export async function serve(listener: RequestListener): Promise<{ origin: string; close(): Promise<unknown> }> {
  const unused = new Set<Socket>()
  const server = createServer(listener).listen(0, '127.0.0.1')
  server.on('connection', socket => {
    unused.add(socket)
    socket.on('close', () => unused.delete(socket))
  })
  server.on('request', ({ socket }) => unused.delete(socket))
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      const closed = once(server, 'close')
      server.close()
      // After an abort `fetch` opens connections ahead, and Node waits a minute for the first request of each.
      for (const socket of unused) socket.destroy()
      return closed
    },
  }
}
