import { collapseIds } from '../../lib/path.js'
import { late, orLate } from '../../lib/patience.js'
import type { Evidence } from '../../model/evidence.js'
import type { ResolvedOptions } from '../../model/options.js'
import type {
  InFlightRow,
  InFlightTable,
  OutboundGroup,
  OutboundRow,
  OutboundTable,
  RequestGroup,
  RequestsEvidence,
} from '../../model/request-table.js'
import { type TraceContext, type TraceLink, traceUrlOf } from '../../model/trace-context.js'
import type { Capture, CaptureContext } from './capture.js'

/** Rows in the file at most; `total` stays exact. */
const maxRows = 10_000

/** Outbound rows in the file at most. Those that are linked are with their requests as well. */
const maxOutboundRows = 1000

/** The work of the app thread: its requests in flight, one by one and by route, and the calls that they wait for. */
export const requestsCapture: Capture = {
  kind: 'requests',
  pause: { fixed: 5, perMiB: 0 },
  async take(context) {
    const app = await context.link()
    // During one long native call it does not answer; the status then names the reply that is missing.
    context.pending('request table reply')
    try {
      const asked = app.call('requests', maxRows)
      if ((await orLate(soon, asked)) === late) keepNoted(context)
      return [asEvidence('requests.json', 'during', describeRequests(await asked, Date.now(), context.options.links))]
    } finally {
      context.pending(null)
    }
  },
}

/** An app thread that is not in a native call answers within milliseconds. */
const soon = 1000

/** Keeps the note of the app thread about its requests from before it fell silent. */
function keepNoted({ noted, keep, options }: CaptureContext): void {
  const note = noted?.()
  if (note) keep(asEvidence('requests-before.json', 'before', describeRequests(note.table, note.at, options.links)))
}

function asEvidence(file: string, phase: Evidence['phase'], value: RequestsEvidence): Evidence {
  return { file, phase, content: JSON.stringify(value, null, 2), value }
}

/**
 * @param takenAt epoch milliseconds
 * @param links how the pages of traces are addressed
 */
export function describeRequests(
  { total, streams, tunnels, truncated, rows, staleMs, outbound, activeSpan }: InFlightTable,
  takenAt: number,
  links: ResolvedOptions['links'],
): RequestsEvidence {
  const linked = <T extends Partial<TraceContext>>(one: T): T & Pick<TraceLink, 'traceUrl'> =>
    links.trace !== null && one.traceId && one.spanId
      ? { ...one, traceUrl: traceUrlOf(links.trace, one as TraceContext) }
      : one
  return {
    takenAt: new Date(takenAt).toISOString(),
    total,
    ...(streams !== undefined && { streams }),
    ...(tunnels !== undefined && { tunnels }),
    truncated,
    staleMs,
    groups: groupByRoute(rows),
    outbound: {
      total: outbound.total,
      truncated: outbound.truncated,
      groups: groupByTarget(outbound.rows, rows),
      requests: outbound.rows.slice(0, maxOutboundRows),
    },
    requests: rows.map(linked),
    ...(activeSpan && { activeSpan: linked(activeSpan) }),
  }
}

/**
 * Puts requests of the same method and route together: the biggest group first, among equals the one with the oldest
 * request. If no pattern is known, parts of the path that look like identifiers are collapsed, which is a guess.
 */
export function groupByRoute(rows: InFlightRow[]): RequestGroup[] {
  const groups = new Map<string, { route: string; rows: InFlightRow[] }>()
  for (const row of rows) {
    const route = routeOf(row)
    const key = `${row.method} ${row.route === null} ${route}`
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { route, rows: [row] })
  }
  return [...groups.values()]
    .map(group => describeGroup(group.route, group.rows))
    .sort((a, b) => b.count - a.count || b.oldestAgeMs - a.oldestAgeMs)
}

const routeOf = ({ route, url }: InFlightRow) => route ?? collapseIds(url)

/** Groups the calls that wait at the same place: the biggest group first, among equals the one with the oldest wait. */
export function groupByTarget(outbound: OutboundTable['rows'], requests: InFlightRow[]): OutboundGroup[] {
  const keyOf = ({ kind, target }: OutboundRow) => `${kind} ${target}`
  const groups = new Map<string, OutboundTable['rows']>()
  for (const row of outbound) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }

  const waiting = new Map<string, InFlightRow[]>()
  for (const request of requests) {
    for (const key of new Set(request.waitsOn.map(keyOf))) {
      const others = waiting.get(key)
      if (others) others.push(request)
      else waiting.set(key, [request])
    }
  }

  return [...groups]
    .map(([key, rows]) => describeTarget(rows, waiting.get(key) ?? []))
    .sort((a, b) => b.count - a.count || b.oldestAgeMs - a.oldestAgeMs)
}

function describeTarget(rows: OutboundTable['rows'], waiting: InFlightRow[]): OutboundGroup {
  const { kind, target } = rows[0] as OutboundRow
  return {
    kind,
    target,
    ...describeAges(rows),
    linked: rows.filter(({ linked }) => linked).length,
    routes: groupByRoute(waiting)
      .slice(0, 10)
      .map(({ method, route, count }) => ({ method, route, count })),
  }
}

function describeGroup(route: string, rows: InFlightRow[]): RequestGroup {
  const { method, route: known } = rows[0] as InFlightRow
  return { method, route, guessed: known === null, ...describeAges(rows) }
}

function describeAges<S extends string>(rows: { ageMs: number; state: S }[]) {
  const ages = rows.map(({ ageMs }) => ageMs).sort((a, b) => a - b)
  const states: Partial<Record<S, number>> = {}
  for (const { state } of rows) states[state] = (states[state] ?? 0) + 1
  return { count: rows.length, oldestAgeMs: ages.at(-1) as number, medianAgeMs: median(ages), states }
}

/** Of numbers in ascending order, at least one. */
function median(ascending: number[]): number {
  const upper = ascending.length >> 1
  const lower = (ascending.length - 1) >> 1
  return ((ascending[lower] as number) + (ascending[upper] as number)) / 2
}
