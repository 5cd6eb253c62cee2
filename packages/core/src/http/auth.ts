import type { Action, Authorize, Client } from '../model/access.js'
import type { Options } from '../model/options.js'
import { createSessions, sessionsIn } from './login-session.js'
import { Problem, retrySeconds } from './problem.js'
import { createFailedTries } from './rate-limit.js'
import { isSameSecret } from './same-secret.js'

/** The way a request was authenticated; `none` if no token is required. */
export type Credential = 'bearer' | 'basic' | 'cookie' | 'none'

export interface Auth {
  scheme: 'token' | 'authorize' | 'open'
  /** Runs before any other check. @throws Problem 401; 429 after too many failed tries from that address */
  authenticate(request: Request, client: Client): Credential
  /** Runs when the action of the request is known; `null`: log in. @throws Problem 403 */
  permit(request: Request, credential: Credential, action: Action | null, client: Client): Promise<void>
  /** Whether `permit` would allow an action that needs no further permission. */
  allows(request: Request, action: Action, client: Client): Promise<boolean>
  /** Exchanges the right token for a cookie; absent if there is no token. @throws Problem 401, 429 */
  login?(token: string, client: Client): string
}

/** The events that createAuth reports. */
export interface AuthEvents {
  /** `authorize` has thrown. */
  onError(what: string, error: unknown): void
  /** That address has too many failures. */
  onLimited(client: Client): void
}

/**
 * `auth: false` is the explicit way out.
 */
export function createAuth(auth: NonNullable<Options['auth']>, events: AuthEvents): Auth {
  if (auth === false) return { scheme: 'open', authenticate: () => 'none', permit: refuseCrossOrigin, allows: anything }
  return 'authorize' in auth ? authorizeAuth(auth.authorize, events) : tokenAuth(auth.token, events)
}

function tokenAuth(token: string, { onLimited }: AuthEvents): Auth {
  const sessions = createSessions(token)
  const tries = createFailedTries()

  /** After too many failures the token is not even compared: otherwise guessing could still find the right one. */
  function check(given: string, client: Client): void {
    const wait = tries.waitFor(client.remoteAddress)
    if (wait > 0)
      throw new Problem(429, 'too many tries with a wrong token came from this address', {
        headers: { 'retry-after': retrySeconds(wait) },
      })
    if (isSameSecret(given, token)) return
    if (tries.failed(client.remoteAddress)) onLimited(client)
    throw unauthorized('the token is wrong', ', error="invalid_token"')
  }

  return {
    scheme: 'token',
    authenticate(request, client) {
      const bearer = bearerToken(request.headers.get('authorization'))
      if (bearer !== undefined) {
        check(bearer, client)
        return 'bearer'
      }
      // `go tool pprof` knows no other way. A browser sends it by itself, as it does cookies, so it only reads.
      const password = basicPassword(request.headers.get('authorization'))
      if (password !== undefined && isReading(request)) {
        check(password, client)
        return 'basic'
      }
      // Not limited, since session cookies cannot be guessed: a logged-in user stays logged in, even if other clients
      // at that address fail.
      if (sessionsIn(request.headers.get('cookie')).some(sessions.isValid)) return 'cookie'
      throw unauthorized('send the token as `Authorization: Bearer <token>`')
    },
    permit: refuseCrossOrigin,
    allows: anything,
    login(given, client) {
      check(given, client)
      return sessions.begin()
    },
  }
}

const anything = async () => true

function authorizeAuth(authorize: Authorize, { onError }: AuthEvents): Auth {
  async function allows(request: Request, action: Action, client: Client): Promise<boolean> {
    try {
      // Only `true` opens the door: `{ allowed: false }` is truthy too.
      return ((await authorize(withoutBody(request), action, client)) as unknown) === true
    } catch (error) {
      onError('auth.authorize', error)
      return false
    }
  }
  return {
    scheme: 'authorize',
    authenticate: () => 'none',
    async permit(request, credential, action, client) {
      await refuseCrossOrigin(request, credential)
      if (action !== null && !(await allows(request, action, client)))
        throw new Problem(403, `not allowed to ${action}`)
    },
    allows,
  }
}

/**
 * A browser sends cookies, and reaches a port on its own machine, for any page that asks it to. So a request that
 * changes something must not come from another origin, unless it carries the token in a header, which such a page
 * cannot set. The same steps as Go's `http.CrossOriginProtection`: a client that sends neither header is not a browser.
 */
async function refuseCrossOrigin(request: Request, credential: Credential): Promise<void> {
  if (credential === 'bearer' || isReading(request)) return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  if (site === 'same-origin' || site === 'none') return
  if (site === null && (origin === null || sameHost(origin, request.url))) return
  throw new Problem(403, 'a request from another origin must not change anything')
}

function sameHost(origin: string, url: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host
}

/** A guard gets a request without the body, so it cannot use up the body that the handler reads. */
function withoutBody(request: Request): Request {
  if (!request.body) return request
  return new Request(request.url, { method: request.method, headers: request.headers, signal: request.signal })
}

function bearerToken(header: string | null): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
}

const isReading = ({ method }: Request) => method === 'GET' || method === 'HEAD'

/** The token is the password; any user name will do. */
function basicPassword(header: string | null): string | undefined {
  const encoded = /^Basic +([\w+/=-]+) *$/i.exec(header ?? '')?.[1]
  return encoded && /^[^:]*:(.+)$/s.exec(Buffer.from(encoded, 'base64').toString())?.[1]
}

function unauthorized(detail: string, extra = ''): Problem {
  return new Problem(401, detail, { headers: { 'www-authenticate': `Bearer realm="autodump"${extra}` } })
}
