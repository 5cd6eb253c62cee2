import { every, firstOf, isDigit, isHexDigit, isWord, oneOf, queryStart, schemeLength, some } from './chars.js'
import { withoutTokens } from './redaction/segments.js'

const longestPath = 512

/**
 * The path of a request target and nothing else: no query string, no fragment, no scheme, host or userinfo, all of
 * which may hold secrets, and `:token` for segments that look like one. At most 512 characters.
 */
export function pathOnly(target: string): string {
  const path = withoutQuery(withoutAuthority(target))
  if (path === '') return '/'
  // A cut token would not be recognised.
  return shorten(withoutTokens(path.slice(0, 2 * longestPath)), longestPath)
}

/** Whether the target is `prefix` itself or lies below it. An empty prefix has nothing below it. */
export function isBelow(target: string, prefix: string): boolean {
  if (prefix === '') return false
  const path = target.charCodeAt(0) === 0x2f ? target : withoutAuthority(target)
  if (!path.startsWith(prefix)) return false
  const next = path[prefix.length]
  return next === undefined || next === '/' || next === '?' || next === '#'
}

/**
 * Puts `:id` in place of the segments that look like identifiers, so that requests to the same handler count together
 * if the route pattern is unknown: `/users/123/orders` becomes `/users/:id/orders`. This is a guess.
 */
export function collapseIds(path: string): string {
  return path
    .split('/')
    .map(segment => (looksLikeId(segment) ? ':id' : segment))
    .join('/')
}

/** Text from outside, cut to a length that a table can bear. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

const withoutQuery = (target: string): string => target.slice(0, queryStart(target))

/** Without a scheme and its authority, or an authority that its userinfo gives away. */
function withoutAuthority(target: string): string {
  const scheme = schemeLength(target)
  if (scheme > 0 && target.startsWith('://', scheme)) return target.slice(firstOf('/?#', target, scheme + 3))
  const at = firstOf('/?#@', target, target.startsWith('//') ? 2 : 0)
  return target[at] === '@' ? target.slice(firstOf('/?#', target, at)) : target
}

const isHex = (text: string): boolean => every(text, isHexDigit)

function looksLikeId(segment: string): boolean {
  if (segment.startsWith(':')) return false
  // Mail addresses have no digit.
  if (segment.includes('@') || segment.includes('%40')) return true
  if (!some(segment, isDigit)) return false
  const groups = segment.split('-')
  return (
    // 123, 2026-11-24
    (isDigit(segment.charCodeAt(0)) && every(segment, code => isDigit(code) || isMark(code))) ||
    // UUID, ObjectId, hashes
    groups.every((group, index) => group.length >= (index === 0 ? 8 : 4) && isHex(group)) ||
    // ULID, nanoid, tokens, and long slugs with a number
    (segment.length >= 16 && every(segment, code => isWord(code) || isDashOrTilde(code)))
  )
}

const isMark = oneOf(':_-')

const isDashOrTilde = oneOf('~-')
