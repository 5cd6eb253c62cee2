import { isLetter, isWord, runLength } from '../../../lib/chars.js'
import { shorten } from '../../../lib/path.js'
import type { OutboundContext, OutboundSource } from './outbound-source.js'
import { createSubscriptions } from './subscriptions.js'
import { hostAndPort, withoutUser } from './target.js'
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

  const of = (work: (trace: TraceContext) => void) => (trace: unknown) => {
    if (typeof trace === 'object' && trace !== null) work(trace)
  }
  const { start, stop } = createSubscriptions(
    {
      [`tracing:${name}:start`]: of(waits.begin),
      [`tracing:${name}:end`]: of(trace => {
        if ('result' in trace || 'error' in trace) waits.end(trace)
      }),
      [`tracing:${name}:asyncStart`]: of(waits.end),
      [`tracing:${name}:asyncEnd`]: of(waits.end),
      [`tracing:${name}:error`]: of(waits.end),
    },
    error => onError(`following the channel ${name}`, error),
  )

  return {
    start,
    stop() {
      stop()
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
  const word = typeof text === 'string' ? firstWord(text) : ''
  const host = serverAddress ?? client?.host
  const port = serverPort ?? client?.port
  const hasPort = typeof port === 'number' || typeof port === 'string'
  const target = typeof host !== 'string' ? kind : hasPort ? hostAndPort(host, port) : shorten(withoutUser(host), 256)
  return { kind, method: word === '' ? null : word.toUpperCase(), target, path: null, state: 'pending' as const }
}

const longestWord = 32

/** `''` where the text begins with something else. */
function firstWord(text: string): string {
  const from = text.length - text.trimStart().length
  const length = runLength(text, code => isLetter(code) || code === 0x5f, from)
  return length > longestWord || isWord(text.charCodeAt(from + length)) ? '' : text.slice(from, from + length)
}
