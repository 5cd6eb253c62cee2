import type { Agent, ClientRequest } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { every, isDigit } from '../../../lib/chars.js'
import type { OutboundContext, OutboundSource } from './outbound-source.js'
import { createSubscriptions } from './subscriptions.js'
import { hostAndPort } from './target.js'
import { createWaits, type Wait } from './waits.js'

/** The first since Node 22.12: at the constructor. The second when the body has been written. */
const channels = ['http.client.request.created', 'http.client.request.start']

/**
 * Requests made by `node:http` and `node:https`. They are noted when they start; that they are over is seen by looking,
 * since no event tells it of all of them: `http.client.response.finish` comes with the headers, and a request that is
 * destroyed while its agent has no socket for it says nothing at all.
 */
export function createHttpOutbound(context: OutboundContext): OutboundSource {
  const waits = createWaits<ClientRequest>(context, {
    isOver: request => request.destroyed || request.closed,
    isAnswered: ({ about }) => hasResponse(about),
  })

  const begin = (message: unknown) => waits.begin((message as { request: ClientRequest }).request)
  const { start, stop } = createSubscriptions(Object.fromEntries(channels.map(channel => [channel, begin])), error =>
    context.onError('noting an outbound request', error),
  )

  /**
   * Before Node 22.12, one that waits until its agent has a socket for it has not started yet. Where it does wait,
   * others have those sockets, and through them the agent is found.
   */
  function findQueued(): void {
    const agents = new Set<Agent>()
    for (const { about } of waits.live()) {
      const { agent } = about as ClientRequest & { agent?: Agent }
      if (agent?.requests) agents.add(agent)
    }
    for (const agent of agents)
      for (const queued of Object.values(agent.requests))
        for (const request of queued ?? []) waits.found(request as unknown as ClientRequest)
  }

  return {
    start,
    stop() {
      stop()
      waits.clear()
    },
    waits: {
      ...waits,
      sweep() {
        waits.sweep()
        findQueued()
      },
    },
    describe: wait => describeRequest(wait as Wait<ClientRequest>),
  }
}

const hasResponse = (request: ClientRequest & { res?: object | null }) => Boolean(request.res)

function describeRequest({ about: request }: Wait<ClientRequest>) {
  const { method, path, socket } = request
  const connected =
    socket && !socket.connecting && !(socket as TLSSocket & { secureConnecting?: boolean }).secureConnecting
  return {
    kind: 'http',
    method,
    target: targetOf(request),
    path,
    state: hasResponse(request) ? ('receiving' as const) : connected ? ('waiting' as const) : ('connecting' as const),
  }
}

/**
 * Node keeps no port with a request: it is in the `Host` header, unless the application wrote another host there (it
 * speaks to a proxy, say); then the socket knows.
 */
export function targetOf(request: ClientRequest): string {
  const { host, protocol, socketPath, socket } = request as ClientRequest & { socketPath?: string }
  if (socketPath) return `unix:${socketPath}`
  const header = request.getHeader('host')
  if (typeof header === 'string') {
    const named = header.startsWith(host) || header.startsWith(`[${host}]`)
    const colon = header.lastIndexOf(':')
    const port = colon >= host.length && every(header, isDigit, colon + 1) ? header.slice(colon + 1) : ''
    if (named && port) return hostAndPort(host, port)
    if (named) return hostAndPort(host, protocol === 'https:' ? 443 : 80)
  }
  return hostAndPort(host, socket?.remotePort ?? (protocol === 'https:' ? 443 : 80))
}
