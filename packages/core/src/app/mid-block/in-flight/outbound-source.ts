import type { OutboundRow } from '../../../model/request-table.js'
import type { PendingCall, PendingCalls, PendingCallsContext } from './pending-calls.js'

/** The unanswered calls. `owner` is the request behind a call, as its source knows it; `null` where it is unknown. */
export interface OutboundList {
  total: number
  truncated: boolean
  entries: { row: OutboundRow; owner: object | null }[]
}

export interface OutboundContext extends PendingCallsContext {
  onError(what: string, error: unknown): void
}

/** A way in which an application calls out. */
export interface OutboundSource {
  start(): void
  stop(): void
  calls: Pick<PendingCalls<object>, 'sweep' | 'live' | 'forgotten' | 'unansweredSince'>
  describe(call: PendingCall<object>): Omit<OutboundRow, 'ageMs' | 'stack'>
}
