import type { InFlightState } from '../../../model/request-table.js'
import type { Arrivals } from './arrivals.js'
import type { Links } from './links.js'

/** A request as its source describes it, with `url` and `method` as they came. */
export interface Description {
  method: string
  url: string
  route?: string | null
  remoteAddress: string | null
  state: InFlightState
  protocol: string
  /** The header of that name, as it came; `null` where there is none. */
  traceparent: string | null
  /** The object on which an adapter or Express may have written, e.g. the `IncomingMessage`. */
  raw: object | null
  /** The key of the request in the links to outbound calls; `null` where it has none. */
  owner: object | null
}

/** Called for each request in flight. `since`: when it arrived; `queued`: it is behind another one. */
export type Visit<T> = (request: T, since: number, queued: boolean) => void

/** A place where requests are found. */
export interface Source<T> {
  start(): void
  stop(): void
  /** Visits every request in flight that counts, and forgets those that are over. */
  each(visit: Visit<T>): void
  describe(request: T, queued: boolean): Description
  /** Whether its answer has begun: it is a stream, however long it lasts. Left out where nothing has an answer. */
  isAnswering?(request: T): boolean
  /** Whether the client has sent all of it: it is no upload that goes on. Left out where no client waits. */
  hasSentAll?(request: T): boolean
  /** The fate of a request since it began. `gone`: it ended without an answer. */
  fateOf?(request: T): 'waiting' | 'answered' | 'gone'
  /** Method and URL in one text: `GET /users/1?x`. */
  targetOf?(request: T): string
  /** Connections that were handed over, such as WebSockets: as of the last `each`. */
  tunnels?(): number
}

/** The surroundings of a source. */
export interface SourceContext {
  /** Milliseconds, as of the last scan. */
  clock(): number
  /** The same clock and the count of requests, for those who are quick. */
  arrivals: Arrivals
  /** Whether the request is one to our own admin routes. `raw`: the object that `ignore()` may have been given. */
  isOurs(raw: object, url: string | undefined): boolean
  onError(what: string, error: unknown): void
  /** A request has come that a client waits for. */
  begun(source: Source<unknown>, request: unknown, since: number): void
  /** Grows when requests turn out to be ours that did not look so. */
  ignoredVersion(): number
  links: Pick<Links, 'open' | 'enter'>
}

/** The findings of a scan beside the number of requests whose answer has not begun. */
export interface Found {
  /** Answers that have begun and are not over, and connections that were handed over, such as WebSockets. */
  streams: number
  /** Those of the requests in flight that wait as their route always does. */
  longPolls: number
  /** Those that have waited for their answer for two seconds, long polls left out. */
  hanging: number
  /**
   * Milliseconds for which the oldest request has waited for its answer; 0 where none waits. Uploads that go on, answers
   * that have begun and long polls do not count, however long they take.
   */
  longestWait: number
}
