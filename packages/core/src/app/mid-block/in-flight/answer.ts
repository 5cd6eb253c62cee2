import type { IncomingMessage } from 'node:http'
import * as http from '../../../lib/node-http.js'

/** A response of node:http. `_header`: its head as text, once it is made; `_headerSent`: that was written out. */
export type Answer = InstanceType<typeof http.ServerResponse> & { _header?: string | null; _headerSent?: boolean }

/** Of Node, because an app may have put another one in its place on the object. */
const { getHeader } = http.ServerResponse.prototype

const eventStream = 'text/event-stream'

/**
 * Whether the client has got something. A head that is only made (`writeHead()`) waits for the first piece of the body: the
 * handler may hang all the same. A stream of events is one from its head on, because its first event may be far.
 */
export function isAnswering(response: Answer): boolean {
  const { _header: head, _headerSent: isSent } = response
  if (isSent) return true
  // Where Node has it, `null` says that no head is made: every scan asks, and the getter costs more.
  if (head !== null && response.headersSent) return isSent === undefined || (head?.includes(eventStream) ?? false)
  const type = getHeader.call(response, 'content-type')
  return typeof type === 'string' && type.startsWith(eventStream)
}

/**
 * Whether the client is still to send a part of the body. Without a body, a request is complete only after its handler has
 * returned for the first time: too late for a block. A body that nobody has begun to read waits for the handler.
 */
export function awaitsBody({ complete, headers, readableFlowing }: IncomingMessage): boolean {
  if (complete || readableFlowing === null) return false
  return 'transfer-encoding' in headers || (headers['content-length'] ?? '0') !== '0'
}
