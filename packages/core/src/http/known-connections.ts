import type { NodeRequest } from './node-types.js'

/** Connections with a request that was authenticated, or needed no authentication. */
const known = new WeakSet<object>()

/** The resource that a client opens: the session of HTTP/2, otherwise the socket. `undefined` after it has closed. */
export function connectionOf(req: NodeRequest): object | undefined {
  return ('stream' in req ? req.stream?.session : req.socket) ?? undefined
}

export function markKnown(connection: object | undefined): void {
  if (connection) known.add(connection)
}

/** Whether a connection is known: unknown connections are the first to be cut off if there are too many. */
export function isKnown(connection: object | undefined): boolean {
  return connection !== undefined && known.has(connection)
}
