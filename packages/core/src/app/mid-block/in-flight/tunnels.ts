import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { SourceContext } from './row.js'

/** Published by Node for each connection that a server accepts. */
export const connectionStart = 'net.server.socket'

/** `parser` is that of a connection of node:http, and `null` from the moment on at which it was handed over. */
type Parsed = Duplex & { parser?: object | null }

/**
 * Connections that node:http has handed over: WebSockets, other upgrades and CONNECT. Node tells only the listener of the
 * app, so each scan looks at new connections until their kind shows. A connection that was handed over is never looked at
 * again: its `close` event ends it.
 */
export function createTunnels({ onError }: Pick<SourceContext, 'onError'>) {
  const open = new Set<Parsed>()
  const secure = new Set<Server>()
  let fresh: Parsed[] = []

  function onConnection(message: unknown): void {
    try {
      const { socket } = message as { socket: Socket & { server?: Server & { setSecureContext?: unknown } } }
      const { server } = socket
      if (typeof server?.setSecureContext !== 'function') return void fresh.push(socket)
      // The socket is the raw one, and node:https works on one above it.
      if (secure.has(server)) return
      secure.add(server)
      server.on('secureConnection', onSecure)
      server.on('close', onServerClose)
    } catch (error) {
      onError('following connections', error)
    }
  }

  function onSecure(socket: Socket): void {
    fresh.push(socket)
  }

  function onServerClose(this: Server): void {
    leave(this)
  }

  function leave(server: Server): void {
    secure.delete(server)
    server.removeListener('secureConnection', onSecure)
    server.removeListener('close', onServerClose)
  }

  function onClose(this: Parsed): void {
    open.delete(this)
  }

  function take(socket: Parsed): void {
    if (open.has(socket)) return
    open.add(socket)
    socket.once('close', onClose)
  }

  /** Whether the kind of the connection is still open: it belongs to node:http, and no request came on it. */
  function isFresh(socket: Parsed, isKnown: (socket: Parsed) => boolean): boolean {
    if (socket.destroyed || !socket.parser || isKnown(socket)) {
      if (!socket.destroyed && socket.parser === null) take(socket)
      return false
    }
    return true
  }

  return {
    start: () => subscribe(connectionStart, onConnection),
    stop() {
      unsubscribe(connectionStart, onConnection)
      for (const server of secure) leave(server)
      for (const socket of open) socket.removeListener('close', onClose)
      open.clear()
      fresh = []
    },
    /** The connection was handed over after requests. */
    take,
    /** How many are open. `isKnown`: whether somebody else looks at the connection, because it had a request. */
    count(isKnown: (socket: Parsed) => boolean): number {
      if (fresh.length > 0) fresh = fresh.filter(socket => isFresh(socket, isKnown))
      return open.size
    },
  }
}
