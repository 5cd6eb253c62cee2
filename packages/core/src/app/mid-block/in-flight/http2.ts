import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Http2Server, IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import type { Description, Source, SourceContext } from './row.js'
import { connectionStart } from './tunnels.js'

interface StreamEntry {
  stream: ServerHttp2Stream
  method: string
  path: string
  traceparent: string | null
  since: number
}

/**
 * HTTP/2 requests: the streams of each server, from their headers until they close. A server is known from its first
 * connection on. Sessions that were made without a server (`http2.performServerHandshake`) are not seen.
 */
export function createHttp2Source({ clock, isOurs, onError, begun, links }: SourceContext): Source<StreamEntry> {
  const servers = new Set<Http2Server>()
  const streams = new Map<ServerHttp2Stream, StreamEntry>()
  /** WebSockets and other tunnels. */
  const tunnels = new Set<ServerHttp2Stream>()

  function onConnection(message: unknown): void {
    try {
      const { server } = (message as { socket: Socket & { server?: Http2Server } }).socket
      // Only the two server classes of node:http2 have this function; they are not exported.
      if (typeof server?.updateSettings !== 'function' || servers.has(server)) return
      servers.add(server)
      // First in line, because a handler that throws keeps those after it from hearing of the stream.
      server.prependListener('stream', onStream)
      server.on('close', onServerClose)
    } catch (error) {
      onError('following an HTTP/2 server', error)
    }
  }

  function onStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    try {
      const {
        ':method': method = '',
        ':path': path = '',
        traceparent = null,
      } = headers as Record<string, string | undefined>
      // It may not close any more.
      if (stream.destroyed) return
      stream.on('close', onStreamClose)
      // No request.
      if (method === 'CONNECT') return void tunnels.add(stream)
      const entry = { stream, method, path, traceparent, since: clock() }
      streams.set(stream, entry)
      begun(source as Source<unknown>, entry, entry.since)
      links.enter(stream)
    } catch (error) {
      onError('counting an HTTP/2 stream', error)
    }
  }

  function onStreamClose(this: ServerHttp2Stream): void {
    streams.delete(this)
    tunnels.delete(this)
  }

  function onServerClose(this: Http2Server): void {
    leave(this)
  }

  function leave(server: Http2Server): void {
    servers.delete(server)
    server.removeListener('stream', onStream)
    server.removeListener('close', onServerClose)
  }

  const source: Source<StreamEntry> = {
    start: () => subscribe(connectionStart, onConnection),
    stop() {
      unsubscribe(connectionStart, onConnection)
      for (const server of servers) leave(server)
      for (const stream of [...streams.keys(), ...tunnels]) stream.removeListener('close', onStreamClose)
      streams.clear()
      tunnels.clear()
    },
    each(visit) {
      // One that was cancelled while it still had something to write is closed, and is not always destroyed.
      for (const entry of streams.values())
        if (!entry.stream.destroyed && !entry.stream.closed && !isOurs(entry.stream, entry.path))
          visit(entry, entry.since, false)
    },
    describe: describeStream,
    isAnswering: ({ stream }) => stream.headersSent,
    hasSentAll: ({ stream }) => hasSentAll(stream),
    fateOf({ stream }) {
      if (stream.headersSent) return 'answered'
      return stream.destroyed || stream.closed ? 'gone' : 'waiting'
    },
    targetOf: ({ method, path }) => `${method} ${path}`,
    tunnels: () => tunnels.size,
  }
  return source
}

const hasSentAll = (stream: ServerHttp2Stream): boolean => Boolean(stream.state?.remoteClose)

function describeStream({ stream, method, path, traceparent }: StreamEntry): Description {
  return {
    method,
    url: path,
    remoteAddress: stream.session?.socket?.remoteAddress ?? null,
    state: stream.headersSent ? 'streaming' : hasSentAll(stream) ? 'handling' : 'receiving',
    protocol: 'h2',
    traceparent,
    raw: compatRequest(stream) ?? stream,
    owner: stream,
  }
}

let requestSymbol: symbol | undefined

/** The `Http2ServerRequest` of a stream, which the compatibility API keeps under a symbol that is not exported. */
function compatRequest(stream: ServerHttp2Stream): object | undefined {
  requestSymbol ??= Object.getOwnPropertySymbols(stream).find(({ description }) => description === 'request')
  const request = requestSymbol && (stream as unknown as Record<symbol, unknown>)[requestSymbol]
  return typeof request === 'object' && request !== null ? request : undefined
}
