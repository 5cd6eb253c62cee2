import type { Agent, ClientRequest } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { every, isDigit } from '../../../lib/chars.js'
import { createChannelSource } from './channel-source.js'
import type { OutboundContext, OutboundSource } from './outbound-source.js'
import type { PendingCall } from './pending-calls.js'
import { hostAndPort } from './target.js'

/** The first exists since Node 22.12 and fires in the constructor. The second fires when the body has been written. */
const channels = ['http.client.request.created', 'http.client.request.start']

/**
 * Requests made by `node:http` and `node:https`. A channel tells of their start. A scan finds those that are over,
 * because no event tells of the end of all of them: `http.client.response.finish` comes with the headers, and a request
 * that is destroyed while its agent has no socket for it emits nothing at all.
 */
export function createHttpOutbound(context: OutboundContext): OutboundSource {
  const source = createChannelSource<ClientRequest>(context, {
    isOver: request => request.destroyed || request.closed,
    isAnswered: ({ about }) => hasResponse(about),
    listeners(calls) {
      const begin = (message: unknown) => calls.begin((message as { request: ClientRequest }).request)
      return Object.fromEntries(channels.map(channel => [channel, begin]))
    },
    what: 'noting an outbound request',
    describe: describeRequest,
  })
  const { calls } = source

  /**
   * Before Node 22.12 a request that waits for a socket of its agent has not started yet. Other requests have those
   * sockets then, and they lead to the agent.
   */
  function findQueued(): void {
    const agents = new Set<Agent>()
    for (const { about } of calls.live()) {
      const { agent } = about as ClientRequest & { agent?: Agent }
      if (agent?.requests) agents.add(agent)
    }
    for (const agent of agents)
      for (const queued of Object.values(agent.requests))
        for (const request of queued ?? []) calls.found(request as unknown as ClientRequest)
  }

  return {
    ...source,
    calls: {
      ...calls,
      sweep() {
        calls.sweep()
        findQueued()
      },
    },
  }
}

const hasResponse = (request: ClientRequest & { res?: object | null }) => Boolean(request.res)

function describeRequest({ about: request }: PendingCall<ClientRequest>) {
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
