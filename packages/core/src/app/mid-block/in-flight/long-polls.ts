import { queryStart } from '../../../lib/chars.js'
import { areMany, createRouteWaits, type RouteWaits } from './route-waits.js'
import type { Source } from './row.js'

/** Requests that are followed to their answer: so many from each scan to the next one, and so many in all. */
const followed = { perScan: 16, most: 256 }

/**
 * Milliseconds after which a request has been routed, with any middleware in front. A scan later than that must lie
 * between two samples of the usual interval: a crowd that comes back would count as in flight in both.
 */
const routed = 750

const mostRoutes = 500

const mostPaths = 2000

interface Followed {
  source: Source<unknown>
  request: unknown
  since: number
  /** When it was last seen to wait. */
  seen: number
  /** Its route, as of the last time that it was asked for while the request waits. */
  name: string | null
  /** When to ask again: middleware may take its time. */
  nameAgainAt: number
}

export interface LongPollsParts {
  /** Names the route of a request: its method and its pattern, or its path with ids collapsed. */
  nameOf(source: Source<unknown>, request: unknown): string
}

/**
 * Finds the requests that wait because their route always waits. Each route has a history, made from a few requests per
 * scan, so no request pays for it. While no route is suspect, a scan pays nothing.
 */
export function createLongPolls({ nameOf }: LongPollsParts) {
  const routes = new Map<string, RouteWaits>()
  /** By method and path: all requests of a path need one lookup of the route. */
  const byPath = new Map<string, RouteWaits>()
  /** By request: one that waits long is asked for at each scan. */
  let byRequest = new WeakMap<object, RouteWaits>()
  /** How many requests wait on a route that needs many. */
  const perhaps = new Map<RouteWaits, number>()
  /** The routes that had as many in the last scan. */
  let crowded = new Set<RouteWaits>()
  let requests: Followed[] = []
  let room = followed.perScan
  let startedAt: number | null = null
  let anySuspect = false

  function routeOf({ source, request, since }: Followed, now: number, name = nameOf(source, request)): RouteWaits {
    const known = routes.get(name)
    if (known) return known
    const waits = createRouteWaits(since, startedAt ?? since)
    if (routes.size >= mostRoutes) makeRoom(now)
    routes.set(name, waits)
    return waits
  }

  /** A scanner makes up many paths, and none of them waits. */
  function makeRoom(now: number): void {
    for (const [name, waits] of routes) {
      if (waits.isSuspect(now)) continue
      routes.delete(name)
      return
    }
    routes.clear()
    byPath.clear()
    byRequest = new WeakMap()
  }

  /** Whether the request needs no more following. */
  function isOver(one: Followed, now: number): boolean {
    const fate = one.source.fateOf?.(one.request) ?? 'gone'
    if (fate === 'waiting') {
      one.seen = now
      if (now - one.since >= routed) routeOf(one, now, waitingName(one, now))
      return false
    }
    // A client that gave up says nothing: it does so where requests hang, too.
    if (fate === 'answered') routeOf(one, now).answered(one.seen - one.since)
    return true
  }

  /**
   * Naming is most of the cost of a scan, so it is repeated only each time that the request has waited twice as long.
   */
  function waitingName(one: Followed, now: number): string {
    if (one.name === null || now >= one.nameAgainAt) {
      one.name = nameOf(one.source, one.request)
      one.nameAgainAt = now + (now - one.since)
    }
    return one.name
  }

  /** The history of the route of a request that waits, as cheaply as it can be had. */
  function waitsOf(source: Source<unknown>, request: unknown): RouteWaits | undefined {
    const known = byRequest.get(request as object)
    if (known) return known
    const found = waitsByPath(source, request)
    if (found) byRequest.set(request as object, found)
    return found
  }

  function waitsByPath(source: Source<unknown>, request: unknown): RouteWaits | undefined {
    const target = source.targetOf?.(request)
    if (target === undefined) return undefined
    const path = target.slice(0, queryStart(target))
    const known = byPath.get(path)
    if (known) return known
    const found = routes.get(nameOf(source, request))
    if (!found) return undefined
    if (byPath.size >= mostPaths) byPath.clear()
    byPath.set(path, found)
    return found
  }

  return {
    /** A request has come. */
    begun(source: Source<unknown>, request: unknown, since: number): void {
      if (room <= 0 || requests.length >= followed.most) return
      room -= 1
      startedAt ??= since
      requests.push({ source, request, since, seen: since, name: null, nameAgainAt: 0 })
    },
    /** Whether the next request will be followed. */
    hasRoom: () => room > 0 && requests.length < followed.most,
    /** Before each scan. */
    look(now: number): void {
      room = followed.perScan
      perhaps.clear()
      if (requests.length > 0) requests = requests.filter(one => !isOver(one, now))
      anySuspect = false
      for (const waits of routes.values()) if (waits.isSuspect(now)) anySuspect = true
    },
    /** Whether a request that waits does so as its route always does. Those that must be many are counted for `many`. */
    isLongPoll(source: Source<unknown>, request: unknown, since: number, now: number): boolean {
      if (!anySuspect) return false
      const waits = waitsOf(source, request)
      const usual = waits?.isUsual(now - since, now) ?? false
      if (usual === 'perhaps' && waits) perhaps.set(waits, (perhaps.get(waits) ?? 0) + 1)
      return usual === true
    },
    /** After a scan: how many of those that were none are some after all, because they are so many. */
    many(): number {
      crowded = new Set([...perhaps].filter(([, requests]) => areMany(requests)).map(([waits]) => waits))
      return [...crowded].reduce((sum, waits) => sum + (perhaps.get(waits) ?? 0), 0)
    },
    /** Between scans: whether the request is a long poll, also by the number of them. */
    isShownAsLongPoll(source: Source<unknown>, request: unknown, since: number, now: number): boolean {
      if (!anySuspect) return false
      const waits = waitsOf(source, request)
      const usual = waits?.isUsual(now - since, now) ?? false
      return usual === 'perhaps' ? crowded.has(waits as RouteWaits) : usual
    },
  }
}
