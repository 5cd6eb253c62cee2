import { isLetter, isWord, runLength } from '../../../lib/chars.js'
import { shorten } from '../../../lib/path.js'
import { createChannelSource } from './channel-source.js'
import type { OutboundContext, OutboundSource } from './outbound-source.js'
import type { PendingCall } from './pending-calls.js'
import { hostAndPort, withoutUser } from './target.js'

/** The context that clients of databases give their traces; every field may be missing. */
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

/** An abandoned operation looks like any other, so fewer are kept. */
const most = 10_000

/**
 * The operations of one `TracingChannel` of `node:diagnostics_channel`, e.g. `mysql2:query`: from `start` until the
 * result is there. A synchronous operation has its result, or its error, at `end` already.
 */
export function createChannelOutbound(name: string, context: OutboundContext): OutboundSource {
  const of = (work: (trace: TraceContext) => void) => (trace: unknown) => {
    if (typeof trace === 'object' && trace !== null) work(trace)
  }
  return createChannelSource<TraceContext>(context, {
    isOver: () => false,
    isAnswered: () => false,
    most,
    listeners: calls => ({
      [`tracing:${name}:start`]: of(calls.begin),
      [`tracing:${name}:end`]: of(trace => {
        if ('result' in trace || 'error' in trace) calls.end(trace)
      }),
      [`tracing:${name}:asyncStart`]: of(calls.end),
      [`tracing:${name}:asyncEnd`]: of(calls.end),
      [`tracing:${name}:error`]: of(calls.end),
    }),
    what: `following the channel ${name}`,
    describe: call => describeTraced(name, call),
  })
}

/** Shows only the first word of a statement: the rest, and all arguments, may be data of users. */
function describeTraced(kind: string, { about }: PendingCall<TraceContext>) {
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

/** `''` where the text does not begin with a word. */
function firstWord(text: string): string {
  const from = text.length - text.trimStart().length
  const length = runLength(text, code => isLetter(code) || code === 0x5f, from)
  return length > longestWord || isWord(text.charCodeAt(from + length)) ? '' : text.slice(from, from + length)
}
