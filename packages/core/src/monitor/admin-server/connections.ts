import type { ServerResponse } from 'node:http'
import type { Server, Socket } from 'node:net'

/** Node stores the response in progress on its connection. */
type Connection = Socket & { _httpMessage?: ServerResponse | null }

/** The server accepts no more than this at once. */
const mostAtOnce = 1024

/**
 * Keeps at most `most` connections. When one more comes, it closes the oldest unauthenticated one, or else the oldest
 * one without a request. Node's `maxConnections` refuses the new one instead, so early clients could keep everybody
 * else out.
 *
 * @param isKnown whether a request on the connection has authenticated
 */
export function limitConnections(server: Server, most: number, isKnown: (connection: object) => boolean): void {
  /** Oldest first. */
  const open = new Set<Connection>()
  let isLooking = false
  server.maxConnections = mostAtOnce

  function trim(): void {
    isLooking = false
    while (open.size > most) {
      const all = [...open]
      const victim =
        all.find(one => !isKnown(one)) ?? all.find(({ _httpMessage: answer }) => !answer) ?? (all.at(-1) as Connection)
      open.delete(victim)
      victim.destroy()
    }
  }

  server.on('connection', (socket: Connection) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    if (open.size <= most || isLooking) return
    isLooking = true
    // Reads the data that came with the connections first: Node accepts a whole backlog at once.
    setImmediate(() => setImmediate(trim))
  })
}
