import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { isBelow } from '../../../lib/path.js'
import type { InFlightTable } from '../../../model/request-table.js'
import { createHttp1Source } from './http1.js'
import { createHttp1SourceByClose, hasHttpMessage } from './http1-by-close.js'
import { createHttp2Source } from './http2.js'
import { createLinks } from './links.js'
import { createOperations } from './operations.js'
import { createOutbound } from './outbound.js'
import type { Source } from './row.js'
import { buildTable, type RouteOf } from './table.js'
import { createTracked, type TrackedWork } from './tracked.js'

export type { RouteOf } from './table.js'

export type { TrackedWork } from './tracked.js'

export interface InFlightOptions {
  /** Called for failures of our own, once for each `what`, and never from within a request. */
  onError(what: string, error: unknown): void
  /** Requests to this path and below it are not counted. @default '' which excludes none */
  adminPrefix?: string
  /** Names of tracing channels whose operations are shown as well, e.g. `mysql2:query`. @default none */
  channels?: string[]
  /** Milliseconds that never go backwards. @default performance.now */
  now?: () => number
}

export interface InFlight {
  /** Begins to follow connections. Requests that came before are seen from the next one on their connection. */
  start(): void
  /** Removes every listener and subscription. Work of `track()` stays until it is released. */
  stop(): void
  /** Sets the clock by which requests are dated until the next call: make it about as often as ages should be exact. */
  beat(): void
  /** The number of requests in flight, by looking at each. It is a beat as well. */
  scan(): number
  /**
   * Milliseconds for which the oldest request has waited for its answer, as of the last scan; 0 where none waits. Uploads
   * that go on and answers that have begun do not count, however long they take.
   */
  longestWait(): number
  /**
   * The requests in flight, the oldest first. Safe to call in the middle of anything: it does not throw, and runs no
   * code of the application but the function given to `setRouteOf`.
   *
   * @param limit how many rows at most. @default 10_000
   */
  table(limit?: number): InFlightTable
  /**
   * Says whether something may be piling up. Where unanswered calls are, requests that come in from now on are followed
   * to the calls that they make, however late, and the stacks of those calls are noted; else this costs nothing. Without
   * it only calls are linked that a handler makes at once. To be called again and again, before each scan.
   */
  follow(on: boolean): void
  /** Counts work that has no socket until the returned function is called. */
  track(work: TrackedWork): () => void
  /** Says that a request is one to our own admin routes, wherever they are mounted: it is not counted. */
  ignore(request: IncomingMessage | Http2ServerRequest): void
  /**
   * Names the operation of a request where its URL does not, e.g. that of GraphQL: the table shows it behind the route. A
   * request that gets two names is a batch.
   *
   * @param request of Node, Express, Fastify or Koa (`ctx`)
   */
  name(request: object, operation: string): void
  /** Sets how route patterns are found, where the framework does not leave them on the raw request as Express does. */
  setRouteOf(routeOf: RouteOf): void
}

/** As many calls that have not been answered for a second are a pile. An application that is well has none. */
const pile = { calls: 10, age: 1000 }

/** For how many milliseconds after the last look that saw a pile requests are followed. */
const lasting = 10_000

/**
 * Counts the requests in flight of every server in this thread, with any framework, by looking at Node's own connections.
 *
 * It does not see the work of a handler whose client has left: Node takes the request as over.
 */
export function createInFlight({
  onError,
  adminPrefix = '',
  channels = [],
  now = () => performance.now(),
}: InFlightOptions): InFlight {
  const ignored = new WeakSet<object>()
  const reported = new Set<string>()
  let clock = now()
  let running = false
  let routeOf: RouteOf | undefined
  let longestWait = 0
  let pileSeen = Number.NEGATIVE_INFINITY

  const links = createLinks()

  const context = {
    clock: () => clock,
    isOurs: (raw: object, url: string | undefined) =>
      ignored.has(raw) || (url !== undefined && isBelow(url, adminPrefix)),
    onError: report,
    links,
  }
  const outbound = createOutbound(context, channels)
  const operations = createOperations()
  const tracked = createTracked({ now, isOurs: context.isOurs })
  const byMessage = hasHttpMessage()
  const sources: Source<unknown>[] = [
    byMessage ? createHttp1Source(context) : createHttp1SourceByClose(context),
    createHttp2Source(context),
    tracked.source,
  ] as Source<unknown>[]

  /** Later, because a logger is code of the application, and this may be in the middle of a request. */
  function report(what: string, error: unknown): void {
    if (reported.has(what)) return
    reported.add(what)
    setImmediate(onError, what, error).unref()
  }

  return {
    start() {
      if (running) return
      running = true
      clock = now()
      reported.clear()
      for (const source of sources) source.start()
      outbound.start()
      if (!byMessage)
        report('counting requests', new Error('this Node hides which response a socket has; the slow way is used'))
    },
    stop() {
      if (!running) return
      running = false
      for (const source of sources) source.stop()
      outbound.stop()
      links.follow(false)
    },
    beat() {
      clock = now()
    },
    scan() {
      let count = 0
      try {
        clock = now()
        let oldest = clock
        for (const source of sources)
          source.each((request, since) => {
            count += 1
            if (since < oldest && source.isAwaited?.(request)) oldest = since
          })
        longestWait = clock - oldest
        outbound.sweep()
      } catch (error) {
        report('counting requests', error)
      }
      return count
    },
    longestWait: () => longestWait,
    table(limit = 10_000) {
      const time = now()
      return buildTable(sources, {
        limit,
        now: time,
        scannedAt: clock,
        routeOf,
        operationOf: operations.of,
        onError: report,
        outbound: outbound.list(limit, time),
        isFollowed: links.isFollowed,
      })
    },
    follow(on) {
      if (on && outbound.unansweredSince(clock - pile.age) >= pile.calls) pileSeen = clock
      links.follow(on && running && clock - pileSeen < lasting)
    },
    track: tracked.track,
    ignore(request) {
      ignored.add(request)
      const { stream } = request as Partial<Http2ServerRequest>
      if (stream) ignored.add(stream)
    },
    name: operations.name,
    setRouteOf(find) {
      routeOf = find
    },
  }
}
