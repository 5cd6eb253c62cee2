import { once } from 'node:events'
import type { Server, ServerOptions } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import type { AdminHandler, RequestInfo } from '../../http/admin-handler.js'
import { isKnown } from '../../http/known-connections.js'
import { createNodeListener } from '../../http/node.js'
import { Problem, problemResponse } from '../../http/problem.js'
import { secured } from '../../http/security-headers.js'
import { listen } from '../../lib/listen.js'
import { createServer } from '../../lib/node-http.js'
import { isPipe, listenAtSocket } from '../../lib/unix-socket.js'
import type { ResolvedAdmin } from '../../model/admin-options.js'
import { limitConnections } from './connections.js'

export interface AdminServer {
  /** The address in `status`: a URL, or `unix:` and the path of the socket. */
  address: string
  /** Refuses new connections at once, and cuts off requests that are not answered within a second. */
  close(): Promise<void>
}

interface ServerSettings {
  /** No token is required. */
  open: boolean
  onError(what: string, error: unknown): void
  /** For tests. */
  timeouts?: ServerOptions
}

/** Milliseconds that answers in progress have when the server closes. */
const farewell = 1000

/** Limits for slow clients: opening a connection needs no token. Milliseconds. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 5_000,
}

/** Milliseconds. An idle connection is cut after this time: twice as long as a capture may last. */
const idle = 600_000

const mostConnections = 128

/** Serves the admin handler on its own server. Rejects when the address is not available. */
export async function startAdminServer(
  handler: AdminHandler,
  place: ResolvedAdmin,
  { open, onError, timeouts = patience }: ServerSettings,
): Promise<AdminServer> {
  const guarded = open && 'port' in place && isLoopback(place.host)
  const listener = createNodeListener(guarded ? onlyFromHere(handler) : handler, onError)
  const server = createServer(timeouts, (req, res) => void listener(req, res))
  server.timeout = idle
  limitConnections(server, mostConnections, isKnown)
  // The server runs in the app thread where no monitor thread exists: a client must not keep the process alive.
  server.on('connection', socket => socket.unref())

  let removeSocket = () => {}
  if ('port' in place) await listen(server, { ...place, exclusive: true })
  else if (isPipe(place.path)) await listen(server, { path: place.path })
  else removeSocket = await listenAtSocket(server, place.path)
  server.on('error', error => onError('the admin server', error))

  return {
    address: 'port' in place ? urlOf(server, handler.prefix) : `unix:${place.path}`,
    async close() {
      const closed = once(server, 'close')
      const timer = setTimeout(() => server.closeAllConnections(), farewell)
      timer.unref()
      server.close()
      removeSocket()
      await closed
      clearTimeout(timer)
    },
  }
}

function urlOf(server: Server, prefix: string): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}${prefix}`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

function onlyFromHere(handler: AdminHandler): AdminHandler {
  const guarded = async (request: Request, info?: RequestInfo) =>
    isHere(request.headers.get('host') ?? '') ? handler(request, info) : secured(problemResponse(rebound()))
  return Object.assign(guarded, { prefix: handler.prefix })
}

/**
 * A web page can point a hostname of its own at this machine (DNS rebinding), so that a browser takes this server for
 * the page's server. Node's inspector refuses hostnames for the same reason.
 */
function isHere(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return name === 'localhost' || isIP(name) !== 0
}

function rebound(): Problem {
  return new Problem(403, 'without a token this server answers only to `localhost` and to IP addresses')
}
