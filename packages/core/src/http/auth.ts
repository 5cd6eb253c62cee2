import { createHash, timingSafeEqual } from 'node:crypto'
import type { Action, Authorize, Client, Options } from '../options.js'
import { Problem } from './problem.js'

/** Where a login puts the token: `HttpOnly; SameSite=Strict; Path=<prefix>`. */
export const tokenCookie = 'autodump_token'

/** How a request proved who it is; `none` where nobody asks for a token. */
export type Credential = 'bearer' | 'cookie' | 'none'

export interface Auth {
  scheme: 'token' | 'authorize' | 'open'
  /** Before anything else is looked at. @throws Problem 401 */
  authenticate(request: Request): Credential
  /** Once it is known what the request would do. @throws Problem 403 */
  permit(request: Request, credential: Credential, action: Action, client: Client): Promise<void>
}

/**
 * `auth: false` is the explicit way out.
 *
 * @param onError gets what `authorize` throws
 */
export function createAuth(auth: NonNullable<Options['auth']>, onError: (what: string, error: unknown) => void): Auth {
  if (auth === false) return { scheme: 'open', authenticate: () => 'none', permit: refuseCrossOrigin }
  return 'authorize' in auth ? authorizeAuth(auth.authorize, onError) : tokenAuth(auth.token)
}

function tokenAuth(token: string): Auth {
  const expected = sha256(token)
  const matches = (given: string) => timingSafeEqual(sha256(given), expected)
  return {
    scheme: 'token',
    authenticate(request) {
      const bearer = bearerToken(request.headers.get('authorization'))
      if (bearer !== undefined) {
        if (matches(bearer)) return 'bearer'
        throw unauthorized('the token is wrong', ', error="invalid_token"')
      }
      if (cookieValues(request.headers.get('cookie')).some(matches)) return 'cookie'
      throw unauthorized('send the token as `Authorization: Bearer <token>`')
    },
    permit: refuseCrossOrigin,
  }
}

function authorizeAuth(authorize: Authorize, onError: (what: string, error: unknown) => void): Auth {
  return {
    scheme: 'authorize',
    authenticate: () => 'none',
    async permit(request, credential, action, client) {
      await refuseCrossOrigin(request, credential)
      let allowed: unknown
      try {
        allowed = await authorize(withoutBody(request), action, client)
      } catch (error) {
        onError('auth.authorize', error)
      }
      // Only `true` opens the door: `{ allowed: false }` is truthy too.
      if (allowed !== true) throw new Problem(403, `not allowed to ${action}`)
    },
  }
}

/**
 * A browser sends cookies, and reaches a port on its own machine, for any page that asks it to. So a request that
 * changes something must not come from another origin, unless it carries the token in a header, which such a page
 * cannot set. The same steps as Go's `http.CrossOriginProtection`: what has neither header is not a browser.
 */
async function refuseCrossOrigin(request: Request, credential: Credential): Promise<void> {
  if (credential === 'bearer' || request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  if (site === 'same-origin' || site === 'none') return
  if (site === null && (origin === null || sameHost(origin, request.url))) return
  throw new Problem(403, 'a request from another origin must not change anything')
}

function sameHost(origin: string, url: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host
}

/** What a guard gets cannot use up the body that the handler is to read. */
function withoutBody(request: Request): Request {
  if (!request.body) return request
  return new Request(request.url, { method: request.method, headers: request.headers, signal: request.signal })
}

function bearerToken(header: string | null): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
}

/** All of that name: a browser sends one for each path that it has one for. */
function cookieValues(header: string | null): string[] {
  return (header ?? '').split(';').flatMap(pair => {
    const [name, value] = pair.trim().split(/=(.*)/s)
    return name === tokenCookie && value ? [decoded(value)] : []
  })
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** Both sides hashed: equal lengths, as `timingSafeEqual` wants them, and no length to measure from outside. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function unauthorized(detail: string, extra = ''): Problem {
  return new Problem(401, detail, { headers: { 'www-authenticate': `Bearer realm="autodump"${extra}` } })
}
