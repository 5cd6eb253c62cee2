import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { OutboundContext, OutboundSource } from './outbound.js'
import { shorten } from './path.js'
import { hostAndPort } from './target.js'
import { createWaits, type Wait } from './waits.js'

/** What clients of databases put into the context of their traces; everything may be missing. */
interface TraceContext {
  /** node-redis, ioredis */
  command?: unknown
  /** mysql2; pg has an object with `text` */
  query?: unknown
  serverAddress?: unknown
  serverPort?: unknown
  /** pg */
  client?: { host?: unknown; port?: unknown }
  result?: unknown
  error?: unknown
}

/** Operations that nobody waits for any more cannot be told from others, so fewer are kept. */
const most = 10_000

/**
 * The operations of one `TracingChannel` of `node:diagnostics_channel`, e.g. `mysql2:query`: from `start` until the
 * result is there. One that was synchronous has its result, or its error, at `end` already.
 */
export function createChannelOutbound(name: string, { onError, ...context }: OutboundContext): OutboundSource {
  const waits = createWaits<TraceContext>(context, { isOver: () => false, isAnswered: () => false, most })

  const contained = (work: (trace: TraceContext) => void) => (trace: unknown) => {
    try {
      if (typeof trace === 'object' && trace !== null) work(trace)
    } catch (error) {
      onError(`following the channel ${name}`, error)
    }
  }
  const subscribers = Object.entries({
    start: contained(waits.begin),
    end: contained(trace => {
      if ('result' in trace || 'error' in trace) waits.end(trace)
    }),
    asyncStart: contained(waits.end),
    asyncEnd: contained(waits.end),
    error: contained(waits.end),
  }).map(([event, subscriber]) => [`tracing:${name}:${event}`, subscriber] as const)

  return {
    start() {
      for (const [channel, subscriber] of subscribers) subscribe(channel, subscriber)
    },
    stop() {
      for (const [channel, subscriber] of subscribers) unsubscribe(channel, subscriber)
      waits.clear()
    },
    waits,
    describe: wait => describeTraced(name, wait as Wait<TraceContext>),
  }
}

/** Of a statement only its first word: the rest, and all arguments, may be anybody's data. */
function describeTraced(kind: string, { about }: Wait<TraceContext>) {
  const { command, query, serverAddress, serverPort, client } = about
  const text = command ?? (query as { text?: unknown } | undefined)?.text ?? query
  const word = typeof text === 'string' ? /^\s*([a-z_]{1,32})\b/i.exec(text)?.[1] : undefined
  const host = serverAddress ?? client?.host
  const port = serverPort ?? client?.port
  const hasPort = typeof port === 'number' || typeof port === 'string'
  const target = typeof host !== 'string' ? kind : hasPort ? hostAndPort(host, port) : shorten(host, 256)
  return { kind, method: word?.toUpperCase() ?? null, target, path: null, state: 'pending' as const }
}
