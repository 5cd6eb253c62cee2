import { collapseIds } from './path.js'

/** What Express leaves on the raw request, whichever of its routers has it. */
interface Routed {
  /** Of the route: text, an expression, or several of them. */
  route?: { path?: unknown } | null
  /** What the routers on the way took off the URL: its text, not their patterns, which Express does not keep. */
  baseUrl?: unknown
  /** Those of the route, and with `mergeParams` those of the routers on the way. */
  params?: unknown
}

/** The pattern of the route that Express chose, e.g. `/users/:user/orders/:id`; `null` where there is none. */
export function expressRoute(raw: object | null): string | null {
  const { route, baseUrl, params } = (raw ?? {}) as Routed
  const paths = [route?.path].flat(2).map(path => (path instanceof RegExp ? path.source : path))
  if (!paths.every(path => typeof path === 'string')) return null
  const base = typeof baseUrl === 'string' ? basePattern(baseUrl, params, paths.join()) : ''
  return paths.map(path => (base !== '' && path === '/' ? base : base + path)).join('|')
}

/** The parameters of the routers on the way are known by their values; where they are not, ids are guessed. */
function basePattern(baseUrl: string, params: unknown, own: string): string {
  if (baseUrl === '') return ''
  const ofRoute = new Set([...own.matchAll(/[:*<]"?(\w+)/g)].map(([, name]) => name))
  const named = Object.entries(params ?? {}).filter(
    ([name, value]) => /^[a-z_]\w*$/i.test(name) && !ofRoute.has(name) && typeof value === 'string' && value !== '',
  )
  const segments = baseUrl.split('/')
  // From the end, because what has the same text before is more often part of the path: `/users/users`.
  for (const [name, value] of named.reverse()) {
    const index = segments.findLastIndex(segment => decoded(segment) === value)
    if (index > 0) segments[index] = `:${name}`
  }
  return collapseIds(segments.join('/'))
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
