import { hideGroup } from './assigned.js'
import type { Cursor } from './cursor.js'
import { isTokenCode } from './known-tokens.js'
import { endsChunk, isBlank, isBreak, isMixed, isQuote, readQuoted, skipSpaces } from './reading.js'
import { findInSegments } from './segments.js'
import { dropQuery } from './urls.js'

/** `Bearer x` and `Basic x` without the header's name. Prose goes on with a plain word. */
export function scheme(cursor: Cursor, lower: string, end: number): number {
  if (lower !== 'bearer' && lower !== 'basic') return 0
  const { text, hide } = cursor
  const from = skipSpaces(text, end)
  if (from === end) return 0
  let to = from
  while (to < text.length && (isTokenCode(text.charCodeAt(to)) || text.charCodeAt(to) === 0x3d)) to++
  const value = text.slice(from, Math.min(to, from + 8192))
  const isSecret = lower === 'bearer' ? isBearer(value) : isBasic(value)
  if (!isSecret) return 0
  hide(from, to)
  return to
}

/** `error="invalid_token"` describes the defect of one. */
const isBearer = (value: string): boolean =>
  value.length >= 6 && !value.endsWith('=') && (isMixed(value) || (value.length >= 16 && value !== value.toLowerCase()))

/** Base64 of `user:password`. */
function isBasic(value: string): boolean {
  if (value.length < 4) return false
  return Buffer.from(value, 'base64').toString('latin1').includes(':') && value !== value.toLowerCase()
}

/** SQL with its values, if one of its columns was named. */
export function statement(cursor: Cursor, lower: string, end: number): number {
  const { text } = cursor
  if (lower === 'by' && cursor.lastWord === 'identified') {
    const quoted = readQuoted(text, skipSpaces(text, end))
    if (!quoted) return 0
    cursor.hide(quoted.from - 1, quoted.end)
    return quoted.end
  }
  if (!cursor.wasNamed) return 0
  const from = skipSpaces(text, end)
  if (lower === 'values' && text.charCodeAt(from) === 0x28) return hideGroup(cursor, from)
  const isParams =
    (lower === 'params' || lower === 'parameters' || lower === 'bindings') &&
    text.charCodeAt(end) === 0x3a &&
    cursor.lastWord === ''
  if (!isParams) return 0
  let line = end + 1
  while (line < text.length && !isBreak(text.charCodeAt(line))) line++
  cursor.hide(skipSpaces(text, end + 1), line)
  return line
}

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])

/** `GET /reset/…`, `GET:/reset/…` */
export function request(cursor: Cursor, at: number, end: number): number {
  const { text, hide } = cursor
  if (end - at > 7 || !methods.has(text.slice(at, end))) return 0
  const from = end + 1
  const between = text.charCodeAt(end)
  if ((between !== 0x20 && between !== 0x3a) || text.charCodeAt(from) !== 0x2f) return 0
  let to = from
  while (to < text.length && !endsChunk(text.charCodeAt(to)) && text.charAt(to) !== '?' && text.charAt(to) !== '#') to++
  // `;jsessionid=`
  if (text.charCodeAt(to) === 0x3b)
    while (
      to < text.length &&
      !isBlank(text.charCodeAt(to)) &&
      !isQuote(text.charCodeAt(to)) &&
      text.charAt(to) !== '?'
    )
      to++
  findInSegments(text, from, to, (start, stop) => hide(start, stop, ':token'))
  return cursor.dropQueries && text.charAt(to) === '?' ? dropQuery(cursor, to)[0] : to
}
