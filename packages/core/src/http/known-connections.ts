import type { NodeRequest } from './node-types.js'

/** Connections on which a request has proven who it is, or had to prove nothing. */
const known = new WeakSet<object>()

/** What a client has to open: the session of HTTP/2, the socket otherwise. `undefined` where it has gone. */
export function connectionOf(req: NodeRequest): object | undefined {
  return ('stream' in req ? req.stream?.session : req.socket) ?? undefined
}

export function markKnown(connection: object | undefined): void {
  if (connection) known.add(connection)
}

/** Whether a connection is not a stranger's: strangers are the first to be cut off where there are too many. */
export function isKnown(connection: object | undefined): boolean {
  return connection !== undefined && known.has(connection)
}
