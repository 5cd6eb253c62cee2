/** The fields that are read of `requests.json`. Ages are in milliseconds. */
export interface Requests {
  takenAt: string
  total: number
  truncated: boolean
  staleMs: number
  groups: RouteGroup[]
  requests: RequestRow[]
  outbound: { total: number; truncated: boolean; groups: TargetGroup[]; requests: (Call & { linked: boolean })[] }
}

export interface RouteGroup {
  method: string
  route: string
  guessed: boolean
  count: number
  oldestAgeMs: number
  medianAgeMs: number
  states: Record<string, number>
}

export interface RequestRow {
  method: string
  url: string
  route: string | null
  ageMs: number
  remoteAddress: string | null
  state: string
  protocol: string
  waitsOn: Call[]
  linked: boolean
  traceId?: string
  traceUrl?: string
}

export interface Call {
  kind: string
  method: string | null
  target: string
  path: string | null
  ageMs: number
  state: string
  stack?: string[]
}

export interface TargetGroup {
  kind: string
  target: string
  count: number
  oldestAgeMs: number
  medianAgeMs: number
  states: Record<string, number>
  linked: number
  routes: { method: string; route: string; count: number }[]
}

export interface Wait {
  text: string
  count: number
}

/** The waits of the requests of each route, the most frequent first; the key is that of `routeKey`. */
export function waitsByRoute({ outbound }: Pick<Requests, 'outbound'>): Map<string, Wait[]> {
  const waits = new Map<string, Wait[]>()
  for (const { kind, target, routes } of outbound.groups)
    for (const { method, route, count } of routes) {
      const key = routeKey(method, route)
      waits.set(key, [...(waits.get(key) ?? []), { text: targetTitle(kind, target), count }])
    }
  for (const list of waits.values()) list.sort((a, b) => b.count - a.count)
  return waits
}

export const routeKey = (method: string, route: string): string => `${method} ${route}`

export const targetTitle = (kind: string, target: string): string =>
  kind === 'http' || kind === target ? target : `${kind} ${target}`

/** E.g. `GET 10.0.3.7:5001/orders/17`. */
export function callTitle({ kind, method, target, path }: Pick<Call, 'kind' | 'method' | 'target' | 'path'>): string {
  return [method, `${targetTitle(kind, target)}${path ?? ''}`].filter(Boolean).join(' ')
}

/** E.g. `80 handling, 2 queued`; without the number where all are the same. */
export function statesInWords(states: Record<string, number>): string {
  const all = Object.entries(states).sort((a, b) => b[1] - a[1])
  return all.length === 1 ? (all[0]?.[0] ?? '') : all.map(([state, count]) => `${count} ${state}`).join(', ')
}

/** Whether all words of the filter are somewhere in these texts; upper and lower case are the same. */
export function matchesAll(filter: string, texts: (string | null)[]): boolean {
  const whole = texts.join('\n').toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => whole.includes(word))
}

export const textsOf = ({
  method,
  url,
  route,
  state,
  remoteAddress,
  protocol,
  waitsOn,
}: RequestRow): (string | null)[] => [
  routeKey(method, route ?? url),
  url,
  state,
  remoteAddress,
  protocol,
  ...waitsOn.map(callTitle),
]
