import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { OutboundContext, OutboundSource } from './outbound.js'
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

  const contained = (work: (request: UndiciRequest) => void) => (message: unknown) => {
    try {
      work((message as { request: UndiciRequest }).request)
    } catch (error) {
      onError('noting an outbound request', error)
    }
  }
  const subscribers = Object.entries({
    'undici:request:create': contained(request => {
      // WebSockets and tunnels are connections, and many versions never say that they are through.
      if (!request.upgrade && request.method !== 'CONNECT') waits.begin(request)
    }),
    'undici:request:headers': contained(waits.answered),
    'undici:request:trailers': contained(waits.end),
    'undici:request:error': contained(waits.end),
  })

  return {
    start() {
      for (const [channel, subscriber] of subscribers) subscribe(channel, subscriber)
    },
    stop() {
      for (const [channel, subscriber] of subscribers) unsubscribe(channel, subscriber)
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
