import type { Links } from './links.js'
import type { OutboundRow, OutboundTable } from './outbound.js'

/**
 * - `queued`: pipelined behind another response of its connection. Its handler runs already.
 * - `receiving`: its body is not complete yet.
 * - `handling`: it is complete, and no headers were sent.
 * - `streaming`: headers were sent, the body was not yet handed to the operating system.
 */
export type InFlightState = 'queued' | 'receiving' | 'handling' | 'streaming'

/** One request in flight. There are never headers, bodies or query strings in it. */
export interface InFlightRow {
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
  /** How many requests are in flight, also when not all of them have a row. */
  total: number
  /** Whether rows were left out. */
  truncated: boolean
  /** The oldest first. */
  rows: InFlightRow[]
  /** Milliseconds since the last scan. Answers that have come since may not have been read: the event loop may be blocked. */
  staleMs: number
  /** What the process waits for itself, whether or not it is known for which request. */
  outbound: OutboundTable
}

/** What a source says of a request. `url` and `method` as they came. */
export interface Description {
  method: string
  url: string
  route?: string | null
  remoteAddress: string | null
  state: InFlightState
  protocol: string
  /** What an adapter or Express may have written on, e.g. the `IncomingMessage`. */
  raw: object | null
  /** What the links to outbound calls know it by; `null` where it has none. */
  owner: object | null
}

/** Called for each request in flight. `since`: when it arrived; `queued`: it is behind another one. */
export type Visit<T> = (request: T, since: number, queued: boolean) => void

/** A place where requests are found. */
export interface Source<T> {
  start(): void
  stop(): void
  /** Visits every request in flight that counts, and forgets what is over. */
  each(visit: Visit<T>): void
  describe(request: T, queued: boolean): Description
}

/** What the sources are given. */
export interface SourceContext {
  /** Milliseconds, as of the last scan. */
  clock(): number
  /** Whether the request is one to our own admin routes. `raw` is what `ignore()` may have been called with. */
  isOurs(raw: object, url: string | undefined): boolean
  onError(what: string, error: unknown): void
  links: Pick<Links, 'open' | 'enter'>
}
