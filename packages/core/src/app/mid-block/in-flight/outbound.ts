import { pathOnly, shorten } from '../../../lib/path.js'
import type { OutboundRow } from '../../../model/request-table.js'
import { createChannelOutbound } from './outbound-channel.js'
import { createHttpOutbound } from './outbound-http.js'
import type { OutboundContext, OutboundList, OutboundSource } from './outbound-source.js'
import { createUndiciOutbound } from './outbound-undici.js'
import { describeTrace } from './stack.js'

export interface Outbound {
  start(): void
  stop(): void
  /** Drops the calls that are over. */
  sweep(): void
  /** The number of unanswered calls that went out before that time, by the clock of the scans. */
  unansweredSince(time: number): number
  /** The oldest `limit` unanswered calls, the oldest first. Never throws, runs no code of the application. */
  list(limit: number, now: number): OutboundList
}

/** Putting a stack into words takes some 20 µs. */
const maxStacks = 200

/** The calls that the application waits for: HTTP by either client, and the tracing channels that it names. */
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
      for (const { calls } of sources) calls.sweep()
    },
    unansweredSince: time => sources.reduce((count, { calls }) => count + calls.unansweredSince(time), 0),
    list(limit, now) {
      for (const { calls } of sources) {
        try {
          calls.sweep()
        } catch (error) {
          context.onError('looking for outbound requests', error)
        }
      }
      const live = sources
        .flatMap(source => Array.from(source.calls.live(), call => ({ source, call })))
        .sort((a, b) => a.call.since - b.call.since)
      const entries: OutboundList['entries'] = []
      let stacks = 0
      for (const { source, call } of live.slice(0, limit)) {
        try {
          const { method, path, ...rest } = source.describe(call)
          const row: OutboundRow = {
            ...rest,
            method: method === null ? null : shorten(method, 32),
            path: path === null ? null : pathOnly(path),
            ageMs: Math.max(0, Math.round(now - call.since)),
          }
          if (call.trace && stacks++ < maxStacks) row.stack = describeTrace(call.trace)
          entries.push({ row, owner: call.owner })
        } catch (error) {
          context.onError('describing an outbound request', error)
        }
      }
      const truncated = entries.length < live.length || sources.some(({ calls }) => calls.forgotten())
      return { total: live.length, truncated, entries }
    },
  }
}
