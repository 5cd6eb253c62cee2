import { createChannelSource } from './channel-source.js'
import type { OutboundContext, OutboundSource } from './outbound-source.js'
import { originTarget } from './target.js'

/** The request in the messages of `undici:request:*`, with the fields that all versions since 5 have. */
interface UndiciRequest {
  origin: string | URL
  path: string
  method: string
  /** A function once the request has been given to a connection. */
  abort: unknown
  /** The protocol that it asks to upgrade to, or `null`. */
  upgrade?: string | null
  aborted?: boolean
  completed?: boolean
}

/** Requests made by the global `fetch` and by the package undici, which publish on the same channels. */
export function createUndiciOutbound(context: OutboundContext): OutboundSource {
  const of = (work: (request: UndiciRequest) => void) => (message: unknown) =>
    work((message as { request: UndiciRequest }).request)
  return createChannelSource<UndiciRequest>(context, {
    isOver: ({ completed, aborted }) => completed === true || aborted === true,
    isAnswered: ({ answered }) => answered,
    listeners: calls => ({
      'undici:request:create': of(request => {
        // WebSockets and tunnels are connections, and many versions never announce their end.
        if (!request.upgrade && request.method !== 'CONNECT') calls.begin(request)
      }),
      'undici:request:headers': of(calls.answered),
      'undici:request:trailers': of(calls.end),
      'undici:request:error': of(calls.end),
    }),
    what: 'noting an outbound request',
    describe: ({ about, answered }) => ({
      kind: 'http',
      method: about.method,
      target: originTarget(String(about.origin)),
      path: about.path,
      state: answered ? 'receiving' : typeof about.abort === 'function' ? 'waiting' : 'connecting',
    }),
  })
}
