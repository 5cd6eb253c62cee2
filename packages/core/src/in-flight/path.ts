import { looksLikeToken } from '../captures/redact.js'

const longestPath = 512

/** A scheme with its authority, or an authority that gives itself away by its userinfo. */
const authority = /^(?:[a-z][a-z\d+.-]*:\/\/[^/?#]*|\/\/[^/?#@]*@[^/?#]*|[^/?#@]*@[^/?#]*)/i

/**
 * The path of a request target and nothing else: no query string, no fragment, no scheme, host or userinfo, all of
 * which may hold secrets, and `:token` for segments that look like one. At most 512 characters.
 */
export function pathOnly(target: string): string {
  // Nearly every target is a plain path, so the expression is for the rest.
  const plain = target.charCodeAt(0) === 0x2f && target.charCodeAt(1) !== 0x2f
  const path = cutQuery(plain ? target : target.replace(authority, ''))
  if (path === '') return '/'
  return withoutTokens(shorten(path, longestPath))
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** A UUID is who is meant more often than what opens a door. */
function withoutTokens(path: string): string {
  if (path.length < 32) return path
  return path
    .split('/')
    .map(segment => (looksLikeToken(segment) && !uuid.test(segment) ? ':token' : segment))
    .join('/')
}

/** Whether the target is `prefix` itself or lies below it. An empty prefix has nothing below it. */
export function isBelow(target: string, prefix: string): boolean {
  if (prefix === '') return false
  const path = target.charCodeAt(0) === 0x2f ? target : target.replace(authority, '')
  if (!path.startsWith(prefix)) return false
  const next = path[prefix.length]
  return next === undefined || next === '/' || next === '?' || next === '#'
}

/**
 * Puts `:id` in place of the segments that look like identifiers, so that requests to the same handler fall together
 * where nobody knows the route pattern: `/users/123/orders` becomes `/users/:id/orders`. This is a guess.
 */
export function collapseIds(path: string): string {
  return path
    .split('/')
    .map(segment => (looksLikeId(segment) ? ':id' : segment))
    .join('/')
}

/** Text that came from outside, cut to a length that a table can bear. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

function cutQuery(target: string): string {
  for (let index = 0; index < target.length; index++) {
    const code = target.charCodeAt(index)
    if (code === 0x3f || code === 0x23) return target.slice(0, index)
  }
  return target
}

function looksLikeId(segment: string): boolean {
  if (segment.startsWith(':')) return false
  // Mail addresses have no digit.
  if (segment.includes('@') || segment.includes('%40')) return true
  if (!/\d/.test(segment)) return false
  return (
    // 123, 2026-11-24
    /^\d[\d:_-]*$/.test(segment) ||
    // UUID, ObjectId, hashes
    /^[\da-f]{8,}(?:-[\da-f]{4,})*$/i.test(segment) ||
    // ULID, nanoid, tokens, and long slugs with a number
    /^[\w~-]{16,}$/.test(segment)
  )
}
