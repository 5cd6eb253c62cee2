import { collapseIds, pathOnly, shorten } from '../../../lib/path.js'
import { withoutTokens } from '../../../lib/redaction/segments.js'
import type { InFlightRow, InFlightTable, OutboundRow, OutboundTable } from '../../../model/request-table.js'
import { expressRoute } from './express-route.js'
import type { OutboundList } from './outbound-source.js'
import type { Description, Source } from './row.js'
import { parseTraceparent } from './trace-context.js'
import { trpcRoute } from './trpc-route.js'

/**
 * Finds the route pattern of a request when the table is made; `null` where there is none. `url` is the path only.
 * It may run in the middle of anything, so it must be quick and only read. Throwing counts as `null`.
 */
export type RouteOf = (request: { method: string; url: string }, raw: object | null) => string | null

interface TableContext {
  limit: number
  now: number
  /** When the last scan was. */
  scannedAt: number
  routeOf: RouteOf | undefined
  /** The operation that the request was named by. */
  operationOf(raw: object | null): string | undefined
  onError(what: string, error: unknown): void
  outbound: OutboundList
  isFollowed(owner: object): boolean
  /** Whether a request waits as its route always does. */
  isLongPoll(source: Source<unknown>, request: unknown, since: number): boolean
}

/** Calls that are shown with one request. */
const maxWaitsOn = 20

interface Live {
  source: Source<unknown>
  request: unknown
  since: number
  queued: boolean
}

/** Rows for the oldest `limit` requests of all sources, the oldest first, and how many there are in all. Never throws. */
export function buildTable(sources: Source<unknown>[], context: TableContext): InFlightTable {
  const { limit, onError } = context
  const visitAll = (visit: (source: Source<unknown>, request: unknown, since: number, queued: boolean) => void) => {
    for (const source of sources) {
      try {
        source.each((request, since, queued) => visit(source, request, since, queued))
      } catch (error) {
        onError('listing requests', error)
      }
    }
  }

  // Twice round, so that objects are made for the rows only: with 100,000 requests that is most of the time.
  const times: number[] = []
  let streams = 0
  visitAll((source, request, since, queued) => {
    times.push(since)
    if (!queued && source.isAnswering?.(request)) streams += 1
  })
  const tunnels = sources.reduce((sum, source) => sum + (source.tunnels?.() ?? 0), 0)
  const { last, ties } = cut(times, limit)
  let room = ties
  const live: Live[] = []
  visitAll((source, request, since, queued) => {
    if (since < last || (since === last && room-- > 0)) live.push({ source, request, since, queued })
  })

  const calls = callsByOwner(context.outbound)
  const owners = new Set<object>()
  const rows: InFlightRow[] = []
  for (const { source, request, since, queued } of live.sort((a, b) => a.since - b.since)) {
    try {
      const described = source.describe(request, queued)
      const polls = described.state === 'handling' && context.isLongPoll(source, request, since)
      const description: Description = polls ? { ...described, state: 'polling' } : described
      const waitsOn = calls.get(description.owner) ?? []
      rows.push(toRow(description, waitsOn, since, context))
      if (description.owner) owners.add(description.owner)
    } catch (error) {
      onError('describing a request', error)
    }
  }
  const outbound: OutboundTable = {
    total: context.outbound.total,
    truncated: context.outbound.truncated,
    rows: context.outbound.entries.map(({ row, owner }) => ({ ...row, linked: owner !== null && owners.has(owner) })),
  }
  const staleMs = Math.max(0, Math.round(context.now - context.scannedAt))
  return { total: times.length, streams, tunnels, truncated: rows.length < times.length, rows, staleMs, outbound }
}

function callsByOwner({ entries }: OutboundList): Map<object | null, OutboundRow[]> {
  const calls = new Map<object | null, OutboundRow[]>()
  for (const { row, owner } of entries) {
    if (owner === null) continue
    const siblings = calls.get(owner)
    if (siblings) siblings.push(row)
    else calls.set(owner, [row])
  }
  return calls
}

/** Which time is the last that still gets in, and how many of the requests of that very time do. */
function cut(times: number[], limit: number): { last: number; ties: number } {
  if (times.length <= limit) return { last: Number.POSITIVE_INFINITY, ties: 0 }
  const sorted = Float64Array.from(times).sort()
  const last = sorted[limit] as number
  return { last, ties: limit - sorted.indexOf(last) }
}

function toRow(description: Description, waitsOn: OutboundRow[], since: number, context: TableContext): InFlightRow {
  const { raw, owner, remoteAddress, state, protocol } = description
  const method = shorten(description.method, 32)
  const url = pathOnly(description.url)
  const pattern = patternOf(description, method, url, context)
  const operation = context.operationOf(raw)
  const route =
    operation === undefined ? trpcRoute(pattern, description.url) : `${pattern ?? collapseIds(url)} ${operation}`
  return {
    method,
    url,
    route: typeof route === 'string' ? shorten(withoutTokens(route.slice(0, 1024)), 512) : null,
    ageMs: Math.max(0, Math.round(context.now - since)),
    remoteAddress,
    state,
    protocol,
    waitsOn: waitsOn.slice(0, maxWaitsOn),
    ...parseTraceparent(description.traceparent),
    linked: waitsOn.length > 0 || (owner !== null && context.isFollowed(owner)),
  }
}

/** The pattern that it was routed by; `null` where none is known. */
function patternOf(
  { route, raw }: Description,
  method: string,
  url: string,
  context: Pick<TableContext, 'routeOf' | 'onError'>,
): string | null {
  const found =
    route ??
    attempt(() => context.routeOf?.({ method, url }, raw), context) ??
    attempt(() => expressRoute(raw), context)
  return typeof found === 'string' ? found : null
}

/** Method and pattern of a request, or its path with the parts that look like identifiers collapsed. */
export function nameRoute(description: Description, context: Pick<TableContext, 'routeOf' | 'onError'>): string {
  const { method } = description
  const url = pathOnly(description.url)
  return `${method} ${patternOf(description, method, url, context) ?? collapseIds(url)}`
}

function attempt<T>(find: () => T, { onError }: Pick<TableContext, 'onError'>): T | null {
  try {
    return find()
  } catch (error) {
    onError('finding the route of a request', error)
    return null
  }
}
