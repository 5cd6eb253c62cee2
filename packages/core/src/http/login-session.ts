import { createHmac, randomBytes } from 'node:crypto'
import { isSameSecret } from './same-secret.js'

/** The cookie that a login sets. */
export const sessionCookie = 'autodump_session'

/** Duration of a login in milliseconds: a working day. */
const lifetime = 12 * 3600_000

/** Tolerance for the end of a session, beyond one lifetime from now: the clock may have been set back by that much. */
const setBack = 3600_000

export interface Sessions {
  /** The value of a cookie that is valid from now on. */
  begin(): string
  isValid(value: string): boolean
}

/**
 * Sessions without server-side state: `<expiry>.<random>.<HMAC of both>`, under a key derived from the token. So they
 * are valid in every process with the same token, also after a restart, and end when the token changes. The token
 * itself is in no browser. Reasons: `decisions/181`.
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

/** All cookies of that name: a browser sends one for each path that has one. */
export function sessionsIn(header: string | null): string[] {
  return (header ?? '').split(';').flatMap(pair => {
    const [name, value] = pair.trim().split(/=(.*)/s)
    return name === sessionCookie && value ? [value] : []
  })
}

/**
 * A `Set-Cookie` for the path under which the browser sees the admin API. Without a value it deletes the cookie.
 */
export function setCookie(value: string | null, { path, secure }: { path: string; secure: boolean }): string {
  const maxAge = value === null ? 0 : lifetime / 1000
  const attributes = [`${sessionCookie}=${value ?? ''}`, `Path=${cookiePath(path)}`, `Max-Age=${maxAge}`]
  return [...attributes, 'HttpOnly', 'SameSite=Strict', ...(secure ? ['Secure'] : [])].join('; ')
}

/**
 * If the framework's part of the path contains a character that would end the attribute, the part of the path above it
 * must do.
 */
function cookiePath(path: string): string {
  const fit = /^[\w\-.~!$&'()*+,=:@%/]*/.exec(path)?.[0] ?? ''
  const whole = fit.length === path.length ? fit : fit.slice(0, fit.lastIndexOf('/'))
  return whole.replace(/\/+$/, '') || '/'
}

/**
 * Whether the browser uses HTTPS. Behind a proxy that ends TLS only its `Origin` tells, which a browser sends with
 * every login.
 */
export function isSecure(request: Request): boolean {
  return /^https:/i.test(request.url) || /^https:/i.test(request.headers.get('origin') ?? '')
}
