import type { Server as HttpServer } from 'node:http'
import type { Server as NetServer } from 'node:net'

/** HTTP/2 servers have no such function. */
type Server = NetServer & Partial<Pick<HttpServer, 'closeIdleConnections'>>

/** What lives with the servers. None of it throws, and to start or to stop twice is to do it once. */
interface Living {
  start(): void
  stop(): void
  /** Told of a server whose requests somebody else follows as well. */
  onShared(): void
}

export interface ServerLife {
  /** To be called with each request that comes by; knows its server by it. */
  meet(request: object): void
  /** To be told of each answer of ours that may last, until it has ended. */
  answering(ended: Promise<unknown>): void
}

/** Milliseconds between looks whether the servers are closing, while answers of ours keep them from it. */
const period = 100

/** Who follows the requests of a server. One that is closed may be followed by another. */
const followers = new WeakMap<Server, Living>()

/**
 * Starts something with the first request of a server and stops it when the last of the servers is closed, without a
 * patch of any of them. A server that does not listen (its connections are handed to it) is not followed.
 *
 * Streams of ours would keep a server from closing, and there is no event for its beginning to close; so as long as
 * there are any, it is looked at whether it still listens.
 */
export function createServerLife(living: Living): ServerLife {
  const servers = new Set<Server>()
  let answers = 0
  let timer: NodeJS.Timeout | undefined

  function follow(server: Server): void {
    if (!server.listening) return
    const other = followers.get(server)
    if (other !== undefined && other !== living) living.onShared()
    followers.set(server, living)
    servers.add(server)
    server.once('close', () => {
      servers.delete(server)
      if (followers.get(server) === living) followers.delete(server)
      if (servers.size === 0) living.stop()
    })
    living.start()
  }

  function look(): void {
    const closing = servers.size > 0 && [...servers].every(({ listening }) => !listening)
    if (closing) living.stop()
  }

  function ended(): void {
    answers -= 1
    if (answers === 0) clearInterval(timer)
    // What Node does as a server begins to close; our connection was not idle then, and would be kept alive.
    for (const server of servers) if (!server.listening) server.closeIdleConnections?.()
  }

  return {
    meet(request) {
      const server = serverOf(request)
      if (server !== undefined && !servers.has(server)) follow(server)
    },
    answering(end) {
      answers += 1
      if (answers === 1) timer = setInterval(look, period).unref()
      end.then(ended, ended)
    },
  }
}

/** Node notes the server on each connection that it accepts; requests that are made up have none. */
function serverOf(request: { socket?: { server?: Server } | null }): Server | undefined {
  try {
    return request.socket?.server
  } catch {
    return undefined // The session of an HTTP/2 request may have gone.
  }
}
