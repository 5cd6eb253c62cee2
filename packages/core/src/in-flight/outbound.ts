import { createChannelOutbound } from './outbound-channel.js'
import { createHttpOutbound } from './outbound-http.js'
import { createUndiciOutbound } from './outbound-undici.js'
import { pathOnly, shorten } from './path.js'
import { describeTrace } from './stack.js'
import type { Wait, Waits, WaitsContext } from './waits.js'

/**
 * - `connecting`: it has no connection yet; it connects, or waits until its pool has one for it.
 * - `waiting`: sent, or being sent, and no headers have come.
 * - `receiving`: headers have come, the body has not been read to its end.
 * - `pending`: an operation of a tracing channel, which tells no more.
 */
export type OutboundState = 'connecting' | 'waiting' | 'receiving' | 'pending'

/** One thing that the process waits for. There are never headers, bodies, query strings, credentials or arguments in it. */
export interface OutboundRow {
  /** `http`, or the name of the tracing channel. */
  kind: string
  /** The HTTP method, the command, or the first word of the statement. */
  method: string | null
  /** `host:port`, `unix:<path>`, or the name of the tracing channel where it does not tell its server. */
  target: string
  /** The path only, at most 512 characters; `null` where there is none. */
  path: string | null
  /** Milliseconds since it began, as exact as those of requests in flight. */
  ageMs: number
  state: OutboundState
  /** Who began it, the innermost first, await chain included; only where following was on, and for the oldest ones. */
  stack?: string[]
}

export interface OutboundTable {
  /** How many there are; at least, where `truncated`. */
  total: number
  /** Whether rows were left out. */
  truncated: boolean
  /** The oldest first. */
  rows: (OutboundRow & {
    /** Whether it is known which request in flight waits for it: then it is in the `waitsOn` of that one. */
    linked: boolean
  })[]
}

/** What is not answered yet, and for whom: an object that a source of requests knows, or `null`. */
export interface OutboundList {
  total: number
  truncated: boolean
  entries: { row: OutboundRow; owner: object | null }[]
}

export interface OutboundContext extends WaitsContext {
  onError(what: string, error: unknown): void
}

/** A way in which an application calls out. */
export interface OutboundSource {
  start(): void
  stop(): void
  waits: Pick<Waits<object>, 'sweep' | 'live' | 'forgotten' | 'unansweredSince'>
  describe(wait: Wait<object>): Omit<OutboundRow, 'ageMs' | 'stack'>
}

export interface Outbound {
  start(): void
  stop(): void
  /** Lets go of what is over. */
  sweep(): void
  /** How many calls went out before that time, by the clock of the scans, and have not been answered. */
  unansweredSince(time: number): number
  /** The oldest `limit` of what is not answered yet, the oldest first. Never throws, runs no code of the application. */
  list(limit: number, now: number): OutboundList
}

/** Putting a stack into words takes some 20 µs. */
const maxStacks = 200

/** What the application waits for: HTTP by either client, and the tracing channels that it names. */
export function createOutbound(context: OutboundContext, channels: string[]): Outbound {
  const sources: OutboundSource[] = [
    createHttpOutbound(context),
    createUndiciOutbound(context),
    ...channels.map(name => createChannelOutbound(name, context)),
  ]

  return {
    start() {
      for (const source of sources) source.start()
    },
    stop() {
      for (const source of sources) source.stop()
    },
    sweep() {
      for (const { waits } of sources) waits.sweep()
    },
    unansweredSince: time => sources.reduce((count, { waits }) => count + waits.unansweredSince(time), 0),
    list(limit, now) {
      for (const { waits } of sources) {
        try {
          waits.sweep()
        } catch (error) {
          context.onError('looking for outbound requests', error)
        }
      }
      const live = sources
        .flatMap(source => Array.from(source.waits.live(), wait => ({ source, wait })))
        .sort((a, b) => a.wait.since - b.wait.since)
      const entries: OutboundList['entries'] = []
      let stacks = 0
      for (const { source, wait } of live.slice(0, limit)) {
        try {
          const { method, path, ...rest } = source.describe(wait)
          const row: OutboundRow = {
            ...rest,
            method: method === null ? null : shorten(method, 32),
            path: path === null ? null : pathOnly(path),
            ageMs: Math.max(0, Math.round(now - wait.since)),
          }
          if (wait.trace && stacks++ < maxStacks) row.stack = describeTrace(wait.trace)
          entries.push({ row, owner: wait.owner })
        } catch (error) {
          context.onError('describing an outbound request', error)
        }
      }
      const truncated = entries.length < live.length || sources.some(({ waits }) => waits.forgotten())
      return { total: live.length, truncated, entries }
    },
  }
}
