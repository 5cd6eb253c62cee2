import { Problem } from './problem.js'
import { queryParser } from './query.js'
import type { Call, Route } from './route.js'
import { isMountedAt } from './target.js'

export interface Match {
  route: Route
  params: Call['params']
  parseQuery: ReturnType<typeof queryParser>
}

/** Finds the route of a request. The function throws Problem 400, 404, or 405 with `Allow`. */
export function createRouter(routes: Route[], prefix: string): (method: string, pathname: string) => Match {
  const table = routes.map(route => ({
    route,
    pattern: route.path === '/' ? [] : route.path.slice(1).split('/'),
    parseQuery: queryParser(route.query),
  }))
  return (method, pathname) => {
    const segments = segmentsBelow(prefix, pathname)
    const here = table.flatMap(line => {
      const params = matched(line.pattern, segments)
      return params ? [{ ...line, params }] : []
    })
    if (here.length === 0) throw new Problem(404, 'there is nothing here')
    const wanted = method === 'HEAD' ? 'GET' : method
    const found = here.find(({ route }) => route.method === wanted)
    if (found) return found
    const allow = here.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method])).join(', ')
    throw new Problem(405, `${method} is not possible here, only ${allow}`, { headers: { allow } })
  }
}

function segmentsBelow(prefix: string, pathname: string): string[] {
  if (!isMountedAt(prefix, pathname)) throw new Problem(404, 'there is nothing here')
  const rest = pathname.slice(prefix.length)
  if (rest === '' || (prefix === '' && rest === '/')) return []
  return rest.slice(1).split('/').map(decoded)
}

/** Decoded once and never again, so that `%252e` stays harmless. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new Problem(400, 'the path has an invalid percent-encoding')
  }
}

function matched(pattern: string[], segments: string[]): Call['params'] | undefined {
  if (pattern.length !== segments.length) return undefined
  const params = { id: '', file: '' }
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] as string
    if (part === ':id' || part === ':file') {
      // Ids and file names are looked up in an index; an invalid one is not even looked up.
      if (segment === '' || /[/\\\0]/.test(segment)) return undefined
      params[part === ':id' ? 'id' : 'file'] = segment
    } else if (part !== segment) return undefined
  }
  return params
}
