import { createHmac, randomBytes } from 'node:crypto'
import { isSameSecret } from './same-secret.js'

/** The cookie that a login sets. */
export const sessionCookie = 'autodump_session'

/** How long a login lasts, in milliseconds: a day's work. */
const lifetime = 12 * 3600_000

/** So much later than a lifetime from now may a session end: then the clock was set back since, by that much. */
const setBack = 3600_000

export interface Sessions {
  /** The value of a cookie that is good from now on. */
  begin(): string
  isValid(value: string): boolean
}

/**
 * Sessions that nobody has to remember: `<expiry>.<random>.<HMAC of both>`, under a key that is made of the token. So
 * they are good in every process that has the same token, also after a restart, and end when the token is changed; and
 * the token itself lies in no browser. Why: `decisions/181`.
 */
export function createSessions(token: string, now: () => number = Date.now): Sessions {
  const key = createHmac('sha256', token).update('autodump session').digest()
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')

  return {
    begin() {
      const text = `${Math.floor((now() + lifetime) / 1000).toString(36)}.${randomBytes(12).toString('base64url')}`
      return `${text}.${sign(text)}`
    },
    isValid(value) {
      const [, text, signature] = /^([0-9a-z]{1,11}\.[\w-]{16})\.([\w-]{43})$/.exec(value) ?? []
      if (text === undefined || signature === undefined) return false
      const isOurs = isSameSecret(signature, sign(text))
      const left = Number.parseInt(text, 36) * 1000 - now()
      return isOurs && left > 0 && left <= lifetime + setBack
    },
  }
}

/** All of that name: a browser sends one for each path that it has one for. */
export function sessionsIn(header: string | null): string[] {
  return (header ?? '').split(';').flatMap(pair => {
    const [name, value] = pair.trim().split(/=(.*)/s)
    return name === sessionCookie && value ? [value] : []
  })
}

/**
 * A `Set-Cookie` for the path under which the browser sees us. Without a value it takes the cookie away.
 */
export function setCookie(value: string | null, { path, secure }: { path: string; secure: boolean }): string {
  const maxAge = value === null ? 0 : lifetime / 1000
  const attributes = [`${sessionCookie}=${value ?? ''}`, `Path=${cookiePath(path)}`, `Max-Age=${maxAge}`]
  return [...attributes, 'HttpOnly', 'SameSite=Strict', ...(secure ? ['Secure'] : [])].join('; ')
}

/** Where the framework's part of the path has what would end the attribute, whatever lies above has to do. */
function cookiePath(path: string): string {
  const fit = /^[\w\-.~!$&'()*+,=:@%/]*/.exec(path)?.[0] ?? ''
  const whole = fit.length === path.length ? fit : fit.slice(0, fit.lastIndexOf('/'))
  return whole.replace(/\/+$/, '') || '/'
}

/**
 * Whether the browser sees HTTPS. Behind a proxy that ends TLS only its `Origin` says so, which a browser sends with
 * every login.
 */
export function isSecure(request: Request): boolean {
  return /^https:/i.test(request.url) || /^https:/i.test(request.headers.get('origin') ?? '')
}
