import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { Server } from 'node:net'
import { createInFlight, type InFlight } from '../app/mid-block/in-flight/in-flight.js'
import { listen } from './sockets.js'

type Response = ServerResponse | Http2ServerResponse

/** Requests whose handlers wait for the test to say how they end. */
export interface Waiting {
  url: string
  res: ServerResponse
}

/** A handler that obeys the path, for node:http, node:https and the compatibility API of node:http2. */
export function createHandler() {
  const waiting: Waiting[] = []
  const handler = (req: IncomingMessage | Http2ServerRequest, response: Response) => {
    const res = response as ServerResponse
    const url = req.url ?? ''
    if (url.startsWith('/ok')) res.end('ok')
    else if (url.startsWith('/destroy')) res.destroy()
    else if (url.startsWith('/big')) {
      res.end(Buffer.alloc(16 * 1024 * 1024))
      waiting.push({ url, res })
    } else if (url.startsWith('/stream')) {
      res.writeHead(200)
      res.write('first')
      waiting.push({ url, res })
    } else if (url.startsWith('/body')) {
      req.resume()
      req.on('end', () => res.end('got it'))
      req.on('error', () => {})
    } else waiting.push({ url, res })
  }
  return { handler, waiting }
}

const undo: (() => unknown)[] = []

/** To be called after each test: stops and closes the things that the functions below made. */
export async function tidyUp(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step()
}

/** A running counter whose failures fail the test. */
export function startInFlight(
  options: { adminPrefix?: string; channels?: string[]; now?: () => number } = {},
): InFlight {
  const errors: unknown[] = []
  const inFlight = createInFlight({ onError: (what, error) => errors.push(what, error), ...options })
  inFlight.start()
  undo.push(async () => {
    inFlight.stop()
    await new Promise(setImmediate)
    if (errors.length > 0) throw new AggregateError(errors, 'in-flight counting failed')
  })
  return inFlight
}

/** The requests that are not over, and the connections that were handed over. */
export const open = (inFlight: InFlight): number => inFlight.scan() + inFlight.found().streams

/** Listens, and is closed with all its connections at `tidyUp`. Resolves with the port. */
export async function serve(server: Server): Promise<number> {
  const connections = new Set<{ destroy(): void }>()
  server.on('connection', socket => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  undo.push(() => {
    for (const connection of connections) connection.destroy()
    return new Promise(resolve => server.close(resolve))
  })
  return listen(server)
}

/** Closed at `tidyUp`. */
export function later<T extends { destroy(): unknown }>(closable: T): T {
  undo.push(() => void closable.destroy())
  return closable
}
