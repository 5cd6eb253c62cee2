import { every, isDigit, isWord, oneOf } from '../chars.js'
import { type Cursor, findUrlEnd } from './cursor.js'
import { lineStart } from './places.js'
import { looksRandom } from './randomness.js'
import { isBlank, isNameCode } from './reading.js'
import { findInSegments } from './segments.js'

/** Their user names and passwords must be encoded, so an `@` in a path belongs to the path. */
const ofWeb = new Set(['http', 'https', 'ws', 'wss', 'file', 'ftp', 'webpack', 'node', 'npm'])

const isPathMark = oneOf(',;?#"\'<>()`')

const isQueryMark = oneOf('"\'<>()`')

const isUserMark = oneOf('/?#"<>`')

const isQueryStart = oneOf('?#')

const isLast = oneOf(')"\'')

const isMediaMark = oneOf('/;=+')

/** A comma may stand before the next URL, a semicolon before `user=` and `jsessionid=`. */
const endsPath = (code: number): boolean => isBlank(code) || isPathMark(code)

const endsQuery = (code: number): boolean => isBlank(code) || isQueryMark(code)

/** Looks through the URL whose scheme stands from `from` to `colon`, and returns the position to go on from. */
export function findInUrl(cursor: Cursor, from: number, colon: number): number {
  const { text, hide } = cursor
  const scheme = text.slice(Math.max(from, colon - 12), colon).toLowerCase()
  const host = hideUser(cursor, colon + 3, scheme)
  let path = host
  while (path < text.length && text.charCodeAt(path) !== 0x2f && !endsPath(text.charCodeAt(path))) path++
  let end = path
  while (end < text.length && !endsPath(text.charCodeAt(end))) end++
  const isQuery = end < text.length && isQueryStart(text.charCodeAt(end))
  if (isQuery && isHeading(text, end)) return end + 1
  if (!isQuery || !cursor.dropQueries) {
    if (lineStart(text, path, end) === end) findInSegments(text, path, end, (at, to) => hide(at, to, ':token'))
    return isQuery ? end + 1 : end
  }
  const [behind, isScript] = dropQuery(cursor, end)
  if (!isScript) findInSegments(text, path, end, (at, to) => hide(at, to, ':token'))
  return behind
}

/** `#installation`, of a page: no token, and no pair. */
function isHeading(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x23) return false
  let end = at + 1
  while (end < text.length && end - at < 80 && isNameCode(text.charCodeAt(end))) end++
  return (end === text.length || endsQuery(text.charCodeAt(end))) && !looksRandom(text, { hex: true }, at + 1, end)
}

/** Removes a query, up to the line and column that a stack adds. */
export function dropQuery({ text, hide }: Cursor, from: number): [end: number, isScript: boolean] {
  let end = from
  while (end < text.length && !endsQuery(text.charCodeAt(end))) end++
  const line = lineStart(text, from, end)
  hide(from, line, '')
  return [end, line < end]
}

/** Hides `user:password`, and returns the position where the host begins. */
function hideUser(cursor: Cursor, from: number, scheme: string): number {
  const { text, hide } = cursor
  let end = from
  let at = -1
  let colon = -1
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (isBlank(code) || isUserMark(code)) break
    if (code === 0x40) at = end
    else if (code === 0x3a && colon < 0) colon = end
  }
  // A slash or a question mark in the password, which should have been encoded: the text before it is no port.
  const isPort = colon < 0 || every(text, isDigit, colon + 1, end)
  if (at < 0 && colon >= 0 && scheme !== 'file' && (!isPort || !ofWeb.has(scheme))) {
    const { lastAt } = findUrlEnd(cursor, from)
    if (lastAt > colon) at = lastAt
  }
  if (at < 0) return from
  hide(from, at)
  return at + 1
}

/** `data:text/javascript,…`: removes all of it, up to the line and column. Returns 0 if it is none. */
export function findDataUrl({ text, hide }: Cursor, colon: number): number {
  let comma = colon + 1
  while (comma - colon < 100 && comma < text.length && text.charCodeAt(comma) !== 0x2c) {
    if (isBlank(text.charCodeAt(comma))) return 0
    comma++
  }
  if (text.charCodeAt(comma) !== 0x2c || !isMediaType(text, colon + 1, comma)) return 0
  let end = comma
  while (end < text.length && !isBlank(text.charCodeAt(end))) end++
  let last = end
  while (last > comma && isLast(text.charCodeAt(last - 1))) last--
  hide(colon + 1, lineStart(text, comma, last), '')
  return end
}

/** `text/plain;base64`, or nothing. */
const isMediaType = (text: string, from: number, to: number): boolean =>
  every(text, code => isNameCode(code) || isMediaMark(code), from, to)

/** Fields whose colon stands before a mail address. */
const ofMail = new Set(
  'mailto from to cc bcc email mail user username author contact sender recipient sip acct xmpp login account owner npm workspace git ssh'.split(
    ' ',
  ),
)

/**
 * `shop:hunter2@cache:6379` without a scheme, as database clients write it. Returns the position to go on from, 0 for
 * nothing.
 */
export function findUser({ text, hide, chunkEnd }: Cursor, from: number): number {
  let start = from
  while (start < chunkEnd && text.charCodeAt(start) === 0x2f) start++
  let colon = start
  while (colon < chunkEnd && colon - start < 64 && isNameCode(text.charCodeAt(colon))) colon++
  if (colon === start || text.charCodeAt(colon) !== 0x3a || text.charCodeAt(colon + 1) === 0x2f) return 0
  let at = -1
  for (let index = colon + 1; index < chunkEnd; index++) if (text.charCodeAt(index) === 0x40) at = index
  if (at <= colon + 1 || !isHost(text, at + 1, chunkEnd, at - colon)) return 0
  if (ofMail.has(text.slice(start, colon).toLowerCase())) return 0
  hide(start, at)
  return at + 1
}

/** `cache:6379`, `db.example.com`, `10.0.0.1`, `localhost`, `tcp(` of Go; versions of packages are none. */
function isHost(text: string, from: number, to: number, before: number): boolean {
  let end = from
  let dots = 0
  let letters = 0
  while (end < to && (isWord(text.charCodeAt(end)) || text.charCodeAt(end) === 0x2d || text.charCodeAt(end) === 0x2e)) {
    if (text.charCodeAt(end) === 0x2e) dots++
    else if (!isDigit(text.charCodeAt(end))) letters++
    end++
  }
  if (end === from || before < 3) return false
  const next = text.charCodeAt(end)
  if (letters === 0) return dots === 3
  if (isDigit(text.charCodeAt(from)) && dots > 0 && dots < 3) return false
  return dots > 0 || next === 0x3a || next === 0x28 || next === 0x2f || text.startsWith('localhost', from)
}
