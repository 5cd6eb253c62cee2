import { collapseIds } from '../in-flight/path.js'
import type { InFlightRow, InFlightState, InFlightTable } from '../in-flight/row.js'
import type { Capture } from './capture.js'

/** Rows in the file at most; `total` is exact whatever it says. */
const maxRows = 10_000

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

/** What `requests.json` holds, and what the analysis gets. */
export interface RequestsEvidence {
  /** ISO 8601, when the table arrived. */
  takenAt: string
  /** How many requests were in flight. */
  total: number
  /** Whether `requests`, and with it `groups`, holds the oldest ones only. */
  truncated: boolean
  /** The biggest first. */
  groups: RequestGroup[]
  /** The oldest first. */
  requests: InFlightRow[]
}

/** What the app thread is busy with: its requests in flight, one by one and by route. */
export const requestsCapture: Capture = {
  kind: 'requests',
  async take({ link, pending }) {
    const app = await link()
    // During one long native call it does not answer; whoever reads the status should know what is waited for.
    pending('request table reply')
    try {
      const { total, truncated, rows } = await app.call<InFlightTable>('requests', maxRows)
      const groups = groupByRoute(rows)
      const value: RequestsEvidence = { takenAt: new Date().toISOString(), total, truncated, groups, requests: rows }
      return [{ file: 'requests.json', phase: 'during', content: JSON.stringify(value, null, 2), value }]
    } finally {
      pending(null)
    }
  },
}

/**
 * Puts requests of the same method and route together: the biggest group first, among equals the one with the oldest
 * request. Where no pattern is known, what looks like identifiers in the path is collapsed, which is a guess.
 */
export function groupByRoute(rows: InFlightRow[]): RequestGroup[] {
  const groups = new Map<string, { route: string; rows: InFlightRow[] }>()
  for (const row of rows) {
    const route = row.route ?? collapseIds(row.url)
    const key = `${row.method} ${row.route === null} ${route}`
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { route, rows: [row] })
  }
  return [...groups.values()]
    .map(group => describeGroup(group.route, group.rows))
    .sort((a, b) => b.count - a.count || b.oldestAgeMs - a.oldestAgeMs)
}

function describeGroup(route: string, rows: InFlightRow[]): RequestGroup {
  const { method, route: known } = rows[0] as InFlightRow
  const ages = rows.map(({ ageMs }) => ageMs).sort((a, b) => a - b)
  const states: RequestGroup['states'] = {}
  for (const { state } of rows) states[state] = (states[state] ?? 0) + 1
  return {
    method,
    route,
    guessed: known === null,
    count: rows.length,
    oldestAgeMs: ages.at(-1) as number,
    medianAgeMs: median(ages),
    states,
  }
}

/** Of numbers in ascending order, at least one. */
function median(ascending: number[]): number {
  const upper = ascending.length >> 1
  const lower = (ascending.length - 1) >> 1
  return ((ascending[lower] as number) + (ascending[upper] as number)) / 2
}
