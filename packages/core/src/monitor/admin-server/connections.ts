import type { ServerResponse } from 'node:http'
import type { Server, Socket } from 'node:net'

/** Node notes on a connection whose answer is in progress. */
type Connection = Socket & { _httpMessage?: ServerResponse | null }

/** However many come at once, no more are even accepted. */
const mostAtOnce = 1024

/**
 * Keeps at most so many connections, and lets those in that have something to say: where one more comes, the oldest one
 * of a stranger is cut off, or else the oldest one on which nothing is asked. Node's `maxConnections` turns the new one
 * away, so that whoever was first keeps everybody else out.
 *
 * @param isKnown whether a request on the connection has proven who it is
 */
export function limitConnections(server: Server, most: number, isKnown: (connection: object) => boolean): void {
  /** The oldest first. */
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
    // Only after what has come with the connections was read: a whole backlog of them is accepted at once.
    setImmediate(() => setImmediate(trim))
  })
}
