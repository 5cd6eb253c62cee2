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
import type { ResolvedAdmin } from '../../model/options.js'
import { limitConnections } from './connections.js'

export interface AdminServer {
  /** As `status` shows it: a URL, or `unix:` and the path of the socket. */
  address: string
  /** Refuses new connections at once, and cuts off what is not answered within a second. */
  close(): Promise<void>
}

interface ServerSettings {
  /** Nobody is asked for a token. */
  open: boolean
  onError(what: string, error: unknown): void
  /** For tests. */
  timeouts?: ServerOptions
}

/** Milliseconds that answers in progress have when the server closes. */
const farewell = 1000

/** Against clients that are slow on purpose, who need no token to open a connection; milliseconds. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 5_000,
}

/** A connection on which nothing moves for so long is cut: twice as long as a capture may last. */
const idle = 600_000

const mostConnections = 128

/**
 * Serves the admin handler on a server of its own. Rejects when the address cannot be had.
 */
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
  // In the app thread, where it serves when there can be no other, a client must not keep the process alive.
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
 * A page in somebody's browser reaches this machine under a name of its own that it lets point here (DNS rebinding), and
 * its browser then takes us for that page's server. Node's inspector refuses names for the same reason.
 */
function isHere(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return name === 'localhost' || isIP(name) !== 0
}

function rebound(): Problem {
  return new Problem(403, 'without a token this server answers only to `localhost` and to IP addresses')
}
