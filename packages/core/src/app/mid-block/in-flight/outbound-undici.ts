import type { OutboundContext, OutboundSource } from './outbound-source.js'
import { createSubscriptions } from './subscriptions.js'
import { originTarget } from './target.js'
import { createWaits, type Wait } from './waits.js'

/** What `undici:request:*` speak of, in the fields that all versions since 5 have. */
interface UndiciRequest {
  origin: string | URL
  path: string
  method: string
  /** A function once the request has been given to a connection. */
  abort: unknown
  /** What it asks to upgrade to, or `null`. */
  upgrade?: string | null
  aborted?: boolean
  completed?: boolean
}

/** Requests made by the global `fetch` and by the package undici, which publish on the same channels. */
export function createUndiciOutbound({ onError, ...context }: OutboundContext): OutboundSource {
  const waits = createWaits<UndiciRequest>(context, {
    isOver: ({ completed, aborted }) => completed === true || aborted === true,
    isAnswered: ({ answered }) => answered,
  })

  const of = (work: (request: UndiciRequest) => void) => (message: unknown) =>
    work((message as { request: UndiciRequest }).request)
  const { start, stop } = createSubscriptions(
    {
      'undici:request:create': of(request => {
        // WebSockets and tunnels are connections, and many versions never say that they are through.
        if (!request.upgrade && request.method !== 'CONNECT') waits.begin(request)
      }),
      'undici:request:headers': of(waits.answered),
      'undici:request:trailers': of(waits.end),
      'undici:request:error': of(waits.end),
    },
    error => onError('noting an outbound request', error),
  )

  return {
    start,
    stop() {
      stop()
      waits.clear()
    },
    waits,
    describe(wait) {
      const { about, answered } = wait as Wait<UndiciRequest>
      return {
        kind: 'http',
        method: about.method,
        target: originTarget(String(about.origin)),
        path: about.path,
        state: answered ? 'receiving' : typeof about.abort === 'function' ? 'waiting' : 'connecting',
      }
    },
  }
}
