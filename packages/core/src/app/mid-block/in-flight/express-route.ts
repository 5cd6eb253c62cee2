import { every, isDigit, isWord, runLength } from '../../../lib/chars.js'
import { collapseIds } from '../../../lib/path.js'

/** The properties that a router of Express leaves on the raw request. */
interface Routed {
  /** Of the route: text, an expression, or several of them. */
  route?: { path?: unknown } | null
  /** The part of the URL that the outer routers took off: its text. Express does not keep their patterns. */
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
  const ofRoute = parametersOf(own)
  const named = Object.entries(params ?? {}).filter(
    ([name, value]) => isName(name) && !ofRoute.has(name) && typeof value === 'string' && value !== '',
  )
  const segments = baseUrl.split('/')
  // From the end, because the same text further in front is more often part of the path: `/users/users`.
  for (const [name, value] of named.reverse()) {
    const index = segments.findLastIndex(segment => decoded(segment) === value)
    if (index > 0) segments[index] = `:${name}`
  }
  return collapseIds(segments.join('/'))
}

/** The names in `/:id`, `/*rest`, `/:"quoted"` and `(?<group>…)`. */
function parametersOf(pattern: string): Set<string> {
  const names = new Set<string>()
  for (let index = 0; index < pattern.length; index++) {
    if (!':*<'.includes(pattern[index] as string)) continue
    const start = pattern[index + 1] === '"' ? index + 2 : index + 1
    const length = runLength(pattern, isWord, start)
    if (length > 0) names.add(pattern.slice(start, start + length))
  }
  return names
}

const isName = (text: string): boolean => text !== '' && !isDigit(text.charCodeAt(0)) && every(text, isWord)

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
