import type { OutboundRow } from '../../../model/request-table.js'
import type { Wait, Waits, WaitsContext } from './waits.js'

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
