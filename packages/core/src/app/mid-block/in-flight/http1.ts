import { executionAsyncId } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { awaitsBody, isAnswering } from './answer.js'
import type { Description, Source, SourceContext } from './row.js'
import { traceparentIn } from './trace-context.js'
import { createTunnels } from './tunnels.js'

/** Published by Node for each request to a server of node:http or node:https, before the response gets its socket. */
export const requestStart = 'http.server.request.start'

export interface RequestStart {
  socket: ServerSocket
  response: ServerResponse
}

/** `_httpMessage` is the response that has the socket now. Undocumented, and there since Node 0.4. */
type ServerSocket = Duplex & {
  _httpMessage?: ServerResponse | null
  parser?: object | null
  /** Of node:net: `null` from the moment on at which the socket is destroyed. */
  _handle?: object | null
  remoteAddress?: string
}

interface Connection {
  socket: ServerSocket
  /** Its place in the list that scans walk through. */
  index: number
  /** When the request arrived that has the socket now. */
  since: number
  /** Those that were pipelined behind it. Some may have had their turn since: `catchUp` removes them. */
  queue: Queued[] | null
  /** The last response that a scan looked at, whether it counts, and the version of the ignored paths at that time. */
  seen: ServerResponse | null
  counts: boolean
  version: number
  /** For the links from its requests to outbound calls. */
  unlink(): void
}

interface Queued {
  response: ServerResponse
  since: number
}

/**
 * HTTP/1 requests, found by looking at the connections: one is in flight exactly while its response has the socket, or
 * waits for it. Nothing is noted per request but the time of the last scan, and nothing has to be undone when it ends,
 * so no way of ending can be missed.
 */
export function createHttp1Source(context: SourceContext): Source<ServerResponse> {
  const { clock, isOurs, onError, begun, ignoredVersion, links } = context
  const connections = new Map<ServerSocket, Connection>()
  const list: Connection[] = []
  const tunnels = createTunnels(context)
  let handedOver = 0

  function onStart(message: unknown): void {
    try {
      const { socket, response } = message as RequestStart
      let connection = connections.get(socket)
      if (connection === undefined) {
        connection = connect(socket)
      }
      const current = socket._httpMessage
      if (current === null || current === undefined) {
        connection.since = clock()
        connection.queue = null
      } else enqueue(connection, { response, since: clock() })
      begun(source as Source<unknown>, response, clock())
      links.enter(response)
    } catch (error) {
      onError('counting a request', error)
    }
  }

  /** Node publishes in the context in which it calls the handlers of this connection, each time the same. */
  function connect(socket: ServerSocket): Connection {
    // One literal: scans read objects that are made of spread ones three times slower.
    const connection: Connection = {
      socket,
      index: list.length,
      since: clock(),
      queue: null,
      seen: null,
      counts: false,
      version: 0,
      // With pipelining, handlers of several responses run in it.
      unlink: links.open(executionAsyncId(), () => (connection.queue ? null : (socket._httpMessage ?? null))),
    }
    connections.set(socket, connection)
    list.push(connection)
    socket.on('close', onClose)
    return connection
  }

  function onClose(this: ServerSocket): void {
    forget(this)
  }

  /** The last connection of the list gets the place. */
  function forget(socket: ServerSocket): void {
    const connection = connections.get(socket)
    if (connection === undefined) return
    connection.unlink()
    connections.delete(socket)
    socket.removeListener('close', onClose)
    const last = list.pop() as Connection
    if (last === connection) return
    list[connection.index] = last
    last.index = connection.index
  }

  /**
   * A destroyed response is over even where it still has the socket: from Node 24 on, one that is destroyed while it
   * queues keeps it for ever. A request that was handed over (WebSocket, CONNECT) is over too, though frameworks may
   * lend it a response.
   */
  function counts(response: ServerResponse): boolean {
    const req = response.req as IncomingMessage & { originalUrl?: string; upgrade?: unknown }
    return !response.destroyed && req.upgrade !== true && !isOurs(req, req.originalUrl ?? req.url)
  }

  /** The same for the response that has the socket, which is asked of again and again. */
  function countsNow(connection: Connection, current: ServerResponse, version: number): boolean {
    if (connection.seen === current && connection.version === version) return connection.counts && !current.destroyed
    connection.seen = current
    connection.version = version
    connection.counts = counts(current)
    return connection.counts
  }

  const source: Source<ServerResponse> = {
    start() {
      subscribe(requestStart, onStart)
      tunnels.start()
    },
    stop() {
      unsubscribe(requestStart, onStart)
      tunnels.stop()
      for (const socket of connections.keys()) forget(socket)
    },
    each(visit) {
      const version = ignoredVersion()
      const over: ServerSocket[] = []
      for (const connection of list) {
        const { socket } = connection
        const current = socket._httpMessage
        if (isDestroyed(socket) || (socket.parser === null && isHandedOver(current))) over.push(socket)
        else if (current === null || current === undefined) {
          connection.queue = null
          connection.seen = null
        } else {
          if (connection.queue) catchUp(connection, current)
          if (countsNow(connection, current, version)) visit(current, connection.since, false)
          if (connection.queue)
            for (const { response, since } of connection.queue) if (counts(response)) visit(response, since, true)
        }
      }
      for (const socket of over) {
        if (!isDestroyed(socket)) tunnels.take(socket)
        forget(socket)
      }
      handedOver = tunnels.count(socket => connections.has(socket))
    },
    describe: describeResponse,
    ...ofResponses,
    tunnels: () => handedOver,
  }
  return source
}

/** Catching up at powers of two only keeps a client that pipelines without end from costing more and more. */
function enqueue(connection: Connection, queued: Queued): void {
  connection.queue ??= []
  const length = connection.queue.push(queued)
  if ((length & (length - 1)) === 0 && connection.socket._httpMessage)
    catchUp(connection, connection.socket._httpMessage)
}

/**
 * Responses get the socket in the order of their requests: the one that has it, and those before, queue no more. The
 * array is replaced, not changed, because a table may be made in the middle of this.
 */
function catchUp(connection: Connection, current: ServerResponse): void {
  const { queue } = connection
  if (queue === null) return
  const index = queue.findIndex(({ response }) => response === current)
  if (index < 0) return
  connection.since = (queue[index] as Queued).since
  connection.queue = index + 1 < queue.length ? queue.slice(index + 1) : null
}

/** `destroyed` asks two more objects per socket, which a scan of thousands finds in no cache. Other streams have no handle. */
function isDestroyed(socket: ServerSocket): boolean {
  const { _handle: handle } = socket
  return handle === undefined ? socket.destroyed : handle === null
}

/** A connection without a parser may still owe answers to requests that came before. */
function isHandedOver(current: ServerResponse | null | undefined): boolean {
  return !current || (current.req as { upgrade?: unknown }).upgrade === true
}

/** The known facts about a response. */
export const ofResponses = {
  isAnswering,
  hasSentAll: ({ req }: ServerResponse) => !awaitsBody(req),
  fateOf(response: ServerResponse) {
    if (isAnswering(response)) return 'answered'
    return response.destroyed || response.req.socket?.destroyed ? 'gone' : 'waiting'
  },
  targetOf({ req }: ServerResponse) {
    return `${req.method} ${(req as { originalUrl?: string }).originalUrl ?? req.url}`
  },
} satisfies Partial<Source<ServerResponse>>

export function describeResponse(response: ServerResponse, queued: boolean): Description {
  const req = response.req as IncomingMessage & { originalUrl?: string }
  return {
    method: req.method ?? '',
    url: req.originalUrl ?? req.url ?? '',
    remoteAddress: req.socket?.remoteAddress ?? null,
    state: queued ? 'queued' : isAnswering(response) ? 'streaming' : awaitsBody(req) ? 'receiving' : 'handling',
    protocol: `http/${req.httpVersion}`,
    traceparent: traceparentIn(req.rawHeaders),
    raw: req,
    owner: response,
  }
}
