import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { isBelow } from '../../../lib/path.js'
import type { InFlightTable } from '../../../model/request-table.js'
import { begunAt, carefulAt, createArrivals, timeAt } from './arrivals.js'
import { createHttp1Source } from './http1.js'
import { createHttp1SourceByClose, hasHttpMessage } from './http1-by-close.js'
import { createHttp2Source } from './http2.js'
import { createLinks } from './links.js'
import { createLongPolls } from './long-polls.js'
import { createOperations } from './operations.js'
import { createOutbound } from './outbound.js'
import type { Found, Source } from './row.js'
import { buildTable, nameRoute, type RouteOf } from './table.js'
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
  /** The number of requests whose answer has not begun, by looking at each. It is a beat as well. */
  scan(): number
  /** The number of requests that have come in since the start. */
  begun(): number
  /** The findings of the last scan beside their number. */
  found(): Readonly<Found>
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

/** Milliseconds after which a request hangs, rather than being worked on. */
const hangs = 2000

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
  const arrivals = createArrivals()
  let following = false
  let running = false
  let routeOf: RouteOf | undefined
  let ignoredVersion = 0
  let found: Found = { streams: 0, longPolls: 0, hanging: 0, longestWait: 0 }
  let pileSeen = Number.NEGATIVE_INFINITY

  const clock = () => arrivals.numbers[timeAt] as number
  const setClock = () => {
    arrivals.numbers[timeAt] = now()
  }
  const setCareful = () => {
    arrivals.numbers[carefulAt] = following || longPolls.hasRoom() ? 1 : 0
  }
  const links = createLinks()
  const longPolls = createLongPolls({
    nameOf: (source, request) => nameRoute(source.describe(request, false), { routeOf, onError: report }),
  })

  const context = {
    clock,
    arrivals,
    isOurs: (raw: object, url: string | undefined) =>
      ignored.has(raw) || (url !== undefined && isBelow(url, adminPrefix)),
    onError: report,
    begun(source: Source<unknown>, request: unknown, since: number) {
      ;(arrivals.numbers[begunAt] as number) += 1
      longPolls.begun(source, request, since)
      setCareful()
    },
    ignoredVersion: () => ignoredVersion,
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
      setClock()
      setCareful()
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
      following = false
      links.follow(false)
    },
    beat() {
      setClock()
    },
    scan() {
      let count = 0
      try {
        setClock()
        const time = clock()
        longPolls.look(time)
        setCareful()
        const counts = { streams: 0, longPolls: 0, hanging: 0 }
        const hungBefore = time - hangs
        let oldest = time
        for (const source of sources) {
          source.each((request, since, queued) => {
            // Once for each request: this is most of a scan.
            const isAnswering = source.isAnswering?.(request) ?? false
            // An answer behind another one is kept back.
            if (isAnswering && !queued) {
              counts.streams += 1
              return
            }
            count += 1
            const hung = since <= hungBefore
            if (longPolls.isLongPoll(source, request, since, time)) counts.longPolls += 1
            else if (!isAnswering && (hung || since < oldest) && source.hasSentAll?.(request)) {
              if (hung) counts.hanging += 1
              if (since < oldest) oldest = since
            }
          })
          counts.streams += source.tunnels?.() ?? 0
        }
        const many = longPolls.many()
        counts.longPolls += many
        counts.hanging = Math.max(0, counts.hanging - many)
        found = { ...counts, longestWait: time - oldest }
        outbound.sweep()
      } catch (error) {
        report('counting requests', error)
      }
      return count
    },
    begun: () => arrivals.numbers[begunAt] as number,
    found: () => found,
    table(limit = 10_000) {
      const time = now()
      return buildTable(sources, {
        limit,
        now: time,
        scannedAt: clock(),
        routeOf,
        operationOf: operations.of,
        onError: report,
        outbound: outbound.list(limit, time),
        isFollowed: links.isFollowed,
        isLongPoll: (source, request, since) => longPolls.isShownAsLongPoll(source, request, since, clock()),
      })
    },
    follow(on) {
      if (on && outbound.unansweredSince(clock() - pile.age) >= pile.calls) pileSeen = clock()
      following = on && running && clock() - pileSeen < lasting
      links.follow(following)
      if (following) arrivals.numbers[carefulAt] = 1
    },
    track: tracked.track,
    ignore(request) {
      ignoredVersion += 1
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
