import type { Server as HttpServer } from 'node:http'
import type { Server as NetServer } from 'node:net'

/** HTTP/2 servers have no such function. */
type Server = NetServer & Partial<Pick<HttpServer, 'closeIdleConnections'>>

/** An object that lives with the servers. Its methods never throw; extra calls of start or stop have no effect. */
interface Living {
  start(): void
  stop(): void
  /** Called for a server whose requests another object follows as well. */
  onShared(): void
}

export interface ServerLife {
  /** Called with each request; finds the server by it. */
  meet(request: object): void
  /** Called for each of our answers that may last, until it has ended. */
  answering(ended: Promise<unknown>): void
}

/** Milliseconds between checks whether the servers are closing, while our answers keep them from it. */
const period = 100

/** The follower of a server's requests. After it has closed, another one may follow the server. */
const followers = new WeakMap<Server, Living>()

/**
 * Starts an object with the first request of a server and stops it when the last of the servers is closed, without
 * patching any of them. A server that does not listen (its connections are handed to it) is not followed.
 *
 * Our streams would keep a server from closing, and Node has no event for the start of closing; so while there are any
 * streams, a timer checks whether the server still listens.
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
    // Node does this as a server begins to close; our connection was not idle then, and would be kept alive.
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

/** Node notes the server on each connection that it accepts; fabricated requests have none. */
function serverOf(request: { socket?: { server?: Server } | null }): Server | undefined {
  try {
    return request.socket?.server
  } catch {
    return undefined // The session of an HTTP/2 request may have gone.
  }
}
