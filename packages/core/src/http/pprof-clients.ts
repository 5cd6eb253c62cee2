import { isMountedAt } from './target.js'

/** Where the profiles are, below the path of all routes. */
export const pprofPlace = (prefix: string) => `${prefix}/pprof`

/**
 * The path of a request as the routes have it: without the slash that tools for Go put behind the index, and at the
 * first mount point where it was at the second. Other paths stay as they are, also where the second lies around them.
 *
 * @param prefix the path of all routes
 * @param alias the second mount point of the profiles; empty where there is none
 */
export function routedPath(pathname: string, prefix: string, alias: string): string {
  const place = pprofPlace(prefix)
  const isOfRoutes = prefix.startsWith(alias) && isMountedAt(prefix, pathname)
  const isAlias = alias !== '' && !isOfRoutes && isMountedAt(alias, pathname)
  const path = isAlias ? place + pathname.slice(alias.length) : pathname
  return path === `${place}/` ? place : path
}

/**
 * A refusal below `/pprof` as programs for Go understand it: `go tool pprof` authenticates by name and password only, and
 * shows nothing but plain text with this header. It does not name its formats; everybody else gets the problem.
 */
export async function asGoExpects(request: Request, response: Response): Promise<Response> {
  if (response.ok) return response
  if (response.status === 401) response.headers.append('www-authenticate', 'Basic realm="autodump", charset="UTF-8"')
  if (request.headers.has('accept')) return response
  const { detail } = (await response.json()) as { detail: string }
  const text = Buffer.from(`${detail}\n`)
  const headers = new Headers(response.headers)
  headers.set('content-type', 'text/plain; charset=utf-8')
  headers.set('content-length', String(text.length))
  headers.set('x-go-pprof', '1')
  return new Response(text, { status: response.status, headers })
}
