import { executionAsyncId } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { arrivalOf, begunAt, carefulAt, firstAt, setArrival, timeAt } from './arrivals.js'
import { describeResponse, ofResponses } from './responses.js'
import type { Source, SourceContext } from './row.js'
import { createStamp } from './stamp.js'
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
  /** The requests that were pipelined behind the one that has the socket now. Some may have had their turn since: `catchUp` removes them. */
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
 * waits for it. Nothing is noted per request but the time, so nothing has to be undone when it ends, however it ends.
 */
export function createHttp1Source(context: SourceContext): Source<ServerResponse> {
  const { clock, arrivals, isOurs, onError, begun, ignoredVersion, links } = context
  const list: Connection[] = []
  /** By socket, its place in the list. */
  const places = createStamp<ServerSocket, number>()
  /** Whether a connection may have a queue. */
  let areQueues = false
  const tunnels = createTunnels(context)
  let handedOver = 0

  function onStart(message: unknown): void {
    try {
      const { socket, response } = message as RequestStart
      const place = places.get(socket)
      const { numbers } = arrivals
      // This is all that most requests cost, and most of that is memory that is not in the cache.
      if (place !== undefined && numbers[carefulAt] === 0 && !socket._httpMessage) {
        numbers[firstAt + place] = numbers[timeAt] as number
        ;(numbers[begunAt] as number) += 1
      } else begin(socket, response, place ?? connect(socket))
    } catch (error) {
      onError('counting a request', error)
    }
  }

  function begin(socket: ServerSocket, response: ServerResponse, place: number): void {
    const now = clock()
    const connection = list[place] as Connection
    if (!socket._httpMessage) {
      setArrival(arrivals, place, now)
      connection.queue = null
    } else enqueue(connection, { response, since: now })
    begun(source as Source<unknown>, response, now)
    // Another request is not to leave its queue as it is.
    if (areQueues) arrivals.numbers[carefulAt] = 1
    links.enter(response)
  }

  /** Node publishes in the context in which it calls the handlers of this connection, each time the same. */
  function connect(socket: ServerSocket): number {
    // One literal: scans read objects that are made of spread ones three times slower.
    const connection: Connection = {
      socket,
      index: list.length,
      queue: null,
      seen: null,
      counts: false,
      version: 0,
      // With pipelining, handlers of several responses run in it.
      unlink: links.open(executionAsyncId(), () => (connection.queue ? null : (socket._httpMessage ?? null))),
    }
    places.set(socket, connection.index)
    list.push(connection)
    socket.on('close', onClose)
    return connection.index
  }

  function onClose(this: ServerSocket): void {
    forget(this)
  }

  /** The last connection of the list gets the place. */
  function forget(socket: ServerSocket): void {
    const place = places.get(socket)
    if (place === undefined) return
    const connection = list[place] as Connection
    connection.unlink()
    places.set(socket, undefined)
    socket.removeListener('close', onClose)
    const last = list.pop() as Connection
    if (last === connection) return
    list[place] = last
    setArrival(arrivals, place, arrivalOf(arrivals, last.index))
    places.set(last.socket, place)
    last.index = place
  }

  /** Catching up at powers of two only keeps a client that pipelines without end from costing more and more. */
  function enqueue(connection: Connection, queued: Queued): void {
    connection.queue ??= []
    const length = connection.queue.push(queued)
    // Last, as a scan in between would take it back.
    areQueues = true
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
    setArrival(arrivals, connection.index, (queue[index] as Queued).since)
    connection.queue = index + 1 < queue.length ? queue.slice(index + 1) : null
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
      for (const { socket } of [...list]) forget(socket)
    },
    each(visit) {
      const version = ignoredVersion()
      const over: ServerSocket[] = []
      areQueues = false
      for (const connection of list) {
        const { socket } = connection
        const current = socket._httpMessage
        if (isDestroyed(socket) || (socket.parser === null && isHandedOver(current))) over.push(socket)
        else if (current === null || current === undefined) {
          connection.queue = null
          connection.seen = null
        } else {
          if (connection.queue) catchUp(connection, current)
          if (countsNow(connection, current, version)) visit(current, arrivalOf(arrivals, connection.index), false)
          if (connection.queue) {
            areQueues = true
            for (const { response, since } of connection.queue) if (counts(response)) visit(response, since, true)
          }
        }
      }
      if (areQueues) arrivals.numbers[carefulAt] = 1
      for (const socket of over) {
        if (!isDestroyed(socket)) tunnels.take(socket)
        forget(socket)
      }
      handedOver = tunnels.count(socket => places.get(socket) !== undefined)
    },
    describe: describeResponse,
    ...ofResponses,
    tunnels: () => handedOver,
  }
  return source
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
