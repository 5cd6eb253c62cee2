import type { TraceContext, TraceLink } from './trace-context.js'

/** Requests in flight that go to the same handler. Ages are in milliseconds. */
export interface RequestGroup {
  method: string
  /** The route pattern, or the path with what looks like identifiers collapsed. */
  route: string
  /** `true`: no pattern was known, and `route` is a guess from the path. */
  guessed: boolean
  count: number
  oldestAgeMs: number
  medianAgeMs: number
  states: Partial<Record<InFlightState, number>>
}

/** The other waits of the process at the same place. Ages are in milliseconds. */
export interface OutboundGroup {
  /** `http`, or the name of a tracing channel. */
  kind: string
  /** `host:port`, mostly. */
  target: string
  count: number
  oldestAgeMs: number
  medianAgeMs: number
  states: Partial<Record<OutboundState, number>>
  /** How many are linked to a request in flight. */
  linked: number
  /** The routes of those requests, with how many requests of each wait for it; those with most first, 10 at most. */
  routes: { method: string; route: string; count: number }[]
}

/** The content of `requests.json`, and the input of the analysis. */
export interface RequestsEvidence {
  /** ISO 8601, when the table arrived. */
  takenAt: string
  /** How many requests were not over: those that wait for their answer, and those whose answer has begun. */
  total: number
  /** Those of them whose answer has begun: streams, downloads. Older dumps do not say. */
  streams?: number
  /** Connections that were handed over, such as WebSockets. Older dumps do not say. */
  tunnels?: number
  /** Whether `requests`, and with it `groups`, holds the oldest ones only. */
  truncated: boolean
  /** Milliseconds since the event loop was last seen to turn: answers that have come since may not have been read. */
  staleMs: number
  /** The biggest first. */
  groups: RequestGroup[]
  /** The oldest first. */
  requests: RequestRow[]
  /** The span of OpenTelemetry in which the app thread ran when it was asked: it was in the middle of it. */
  activeSpan?: TraceLink
  /** The waits of the process, even if their requests are not known. */
  outbound: {
    /** How many there are; at least, where `truncated`. */
    total: number
    /** Whether `groups` counts the oldest ones only. */
    truncated: boolean
    /** The biggest first. */
    groups: OutboundGroup[]
    /** The oldest first, 1,000 at most. */
    requests: OutboundTable['rows']
  }
}

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
  /**
   * The functions that began it, the innermost first, await chain included; only where following was on, and for the
   * oldest ones.
   */
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

/**
 * - `queued`: pipelined behind another response of its connection. Its handler runs already.
 * - `receiving`: its body is not complete yet.
 * - `handling`: it is complete, and its answer has not begun.
 * - `polling`: the same, and requests of its route always wait for as long.
 * - `streaming`: its answer has begun, and was not yet handed to the operating system as a whole.
 */
export type InFlightState = 'queued' | 'receiving' | 'handling' | 'polling' | 'streaming'

/** A request as `requests.json` has it. */
export type RequestRow = InFlightRow & Pick<TraceLink, 'traceUrl'>

/**
 * One request in flight. There are never headers, bodies or query strings in it, except for the ids of `traceparent`
 * where it came with one.
 */
export interface InFlightRow extends Partial<TraceContext> {
  method: string
  /** The path only, at most 512 characters. */
  url: string
  /**
   * The pattern that it was routed by, e.g. `/users/:id`, and the operation that it asks for where one is known, e.g.
   * `/graphql Checkout`; `null` where neither is.
   */
  route: string | null
  /**
   * Milliseconds since it arrived. It is never too young, and too old by no more than the time since the scan before
   * it arrived: the clock is read by the scans, because reading it costs more than all the rest.
   */
  ageMs: number
  /** The peer of the socket, which may be a proxy; `null` where there is no socket. */
  remoteAddress: string | null
  state: InFlightState
  /** `http/1.1`, `h2`, or what `track()` was told, e.g. `inject`. */
  protocol: string
  /** The calls to the outside that it waits for, the oldest first, 20 at most. */
  waitsOn: OutboundRow[]
  /** `false`: nothing is known of what it waits for, and an empty `waitsOn` means no more than that. */
  linked: boolean
}

export interface InFlightTable {
  /** See `RequestsEvidence.activeSpan`. */
  activeSpan?: TraceContext
  /** How many requests are not over, also when not all of them have a row. */
  total: number
  /** Those of them whose answer has begun. Notes of earlier versions do not say. */
  streams?: number
  /** Connections that were handed over, such as WebSockets. They have no row: Node does not keep their requests. */
  tunnels?: number
  /** Whether rows were left out. */
  truncated: boolean
  /** The oldest first. */
  rows: InFlightRow[]
  /** Milliseconds since the last scan. Answers that have come since may not have been read: the event loop may be blocked. */
  staleMs: number
  /** The waits of the process itself, even if their requests are not known. */
  outbound: OutboundTable
}
