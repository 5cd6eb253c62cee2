import { isDigit, isLetter, oneOf } from '../chars.js'
import { hideValue } from './assigned.js'
import type { Cursor } from './cursor.js'
import { isTokenCode, knownTokenEnd } from './known-tokens.js'
import { findInShortOption, hideLogin, isOptionLetter, noteCommand } from './options.js'
import { request, scheme, statement } from './phrases.js'
import { isPlace } from './places.js'
import { looksRandom } from './randomness.js'
import {
  bareEnd,
  endsChunk,
  isBlank,
  isBreak,
  isNameCode,
  isQuote,
  isSpace,
  readQuoted,
  readSeparator,
  skipSpaces,
} from './reading.js'
import { type SecretKind, secretKind } from './secret-names.js'
import { isShortSecret } from './short-secret.js'
import { findBeside, findNamedValue } from './unassigned.js'
import { findDataUrl, findInUrl, findUser } from './urls.js'

/**
 * Goes through a text once and notes the secrets in it. Each step looks at a bounded piece ahead, or at one whose end
 * it remembers, or goes on behind the part that it has read. So the work grows with the length, for every text.
 */
export function findSecrets(cursor: Cursor): void {
  const { text } = cursor
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isBreak(code)) {
      newLine(cursor)
      at++
    } else if (at >= cursor.chunkEnd && !endsChunk(code)) {
      cursor.chunkEnd = endOfChunk(text, at)
      at = chunk(cursor, at) || at
    } else if (isWordStart(code)) at = word(cursor, at)
    else at = mark(cursor, at, code)
  }
}

function newLine(cursor: Cursor): void {
  cursor.named = null
  cursor.lastTicked = null
  cursor.lastWord = ''
  cursor.command = ''
}

const isWordStart = (code: number): boolean => isLetter(code) || isDigit(code) || code === 0x5f || code > 0xbf

function endOfChunk(text: string, from: number): number {
  let at = from
  while (at < text.length && !endsChunk(text.charCodeAt(at))) at++
  return at
}

/**
 * The beginning of a run without blanks: a place in a file stays as it is. Returns the position to go on from, 0 for
 * here.
 */
function chunk(cursor: Cursor, at: number): number {
  if (isPlace(cursor.text, at, cursor.chunkEnd)) return cursor.chunkEnd
  return findUser(cursor, at)
}

function mark(cursor: Cursor, at: number, code: number): number {
  const { text } = cursor
  if (code === 0x60) noteTicked(cursor, at)
  if (code === 0x7c || code === 0x3b) cursor.command = ''
  if (code !== 0x2d) return at + 1
  if (text.startsWith('-----BEGIN ', at)) return pem(cursor, at)
  const before = text.charCodeAt(at - 1)
  const isOption = Number.isNaN(before) || isBlank(before) || isQuote(before) || before === 0x28
  if (isOption && isOptionLetter(text.charCodeAt(at + 1))) return findInShortOption(cursor, at + 1) || at + 1
  return at + 1
}

/** A value may stand before its name. */
function noteTicked(cursor: Cursor, at: number): void {
  for (let end = at + 1; end < cursor.text.length && end - at < 256; end++) {
    const code = cursor.text.charCodeAt(end)
    if (isBreak(code)) return
    if (code !== 0x60) continue
    cursor.lastTicked ??= { from: at, to: end + 1 }
    return
  }
}

const isOfPem = oneOf('=\\:,')

/** To the end of the block; if there is no end, as far as the text looks like a block. */
function pem(cursor: Cursor, at: number): number {
  const { text, hide } = cursor
  const close = at < cursor.noPemEnd ? text.indexOf('-----END ', at) : -1
  if (close >= 0) {
    const dashes = text.indexOf('-----', close + 9)
    const end = dashes >= 0 && dashes - close < 100 ? dashes + 5 : close + 9
    hide(at, end)
    return end
  }
  cursor.noPemEnd = Math.min(cursor.noPemEnd, at)
  let end = at + 11
  while (
    end < text.length &&
    (isTokenCode(text.charCodeAt(end)) || isBlank(text.charCodeAt(end)) || isOfPem(text.charCodeAt(end)))
  )
    end++
  hide(at, end)
  return end
}

const endsName = oneOf('.-$')

function word(cursor: Cursor, at: number): number {
  const { text } = cursor
  let end = at
  while (end < text.length && isNameCode(text.charCodeAt(end))) end++
  if (text.startsWith('://', end)) return findInUrl(cursor, at, end)
  let nameEnd = end
  while (nameEnd > at + 1 && endsName(text.charCodeAt(nameEnd - 1))) nameEnd--
  const lower = text.slice(at, Math.min(nameEnd, at + 40)).toLowerCase()
  const next =
    (cursor.dropQueries && lower.endsWith('data') && text.charCodeAt(end) === 0x3a && findDataUrl(cursor, end)) ||
    named(cursor, at, nameEnd, lower) ||
    scheme(cursor, lower, nameEnd) ||
    findNamedValue(cursor, lower, nameEnd) ||
    statement(cursor, lower, nameEnd) ||
    request(cursor, at, nameEnd) ||
    random(cursor, at) ||
    end
  noteCommand(cursor, lower)
  cursor.lastWord = lower
  return Math.max(next, at + 1)
}

/** A secret name, and its value. */
function named(cursor: Cursor, at: number, end: number, lower: string): number {
  const { text, lastWord } = cursor
  const before = text.charCodeAt(at - 1)
  let kind: SecretKind | null = secretKind(text, at, end)
  // `API key`, `session id`
  if (!kind && (lower === 'key' || lower === 'id') && isSpace(before)) kind = secretKind(`${lastWord}_${lower}`)
  if (lower === 'user' && before === 0x2d) return login(cursor, end)
  if (!kind) return ofWhom(cursor, end)
  // A file has such a name; but `\n` and `\t` may stand before a name.
  const isFile = before === 0x2f || (before === 0x5c && !'nrt'.includes(text.charAt(at)))
  const separator = readSeparator(text, end)
  if (isFile && separator?.sign !== '=') return 0
  if (separator) return hideValue(cursor, kind, lower, separator)
  return findBeside(cursor, kind, at, end)
}

/** `Password for jane: hunter2` */
function ofWhom(cursor: Cursor, end: number): number {
  const { text, lastWord } = cursor
  if (cursor.named !== 'password' || (lastWord !== 'for' && lastWord !== 'of')) return 0
  const separator = readSeparator(text, end)
  if (separator?.sign !== ':') return 0
  const to = bareEnd(text, separator.at, Math.min(text.length, separator.at + 512))
  if (!isShortSecret(text.slice(separator.at, to))) return 0
  cursor.hide(separator.at, to)
  return to
}

/** `--user name:password` */
function login(cursor: Cursor, behind: number): number {
  const { text } = cursor
  if (text.charCodeAt(behind) !== 0x3d && !isSpace(text.charCodeAt(behind))) return 0
  const at = skipSpaces(text, behind + 1)
  const quoted = readQuoted(text, at)
  return quoted
    ? hideLogin(cursor, quoted.from, quoted.to)
    : hideLogin(cursor, at, bareEnd(text, at, Math.min(text.length, at + 512)))
}

/** Keys of known services, and random-looking text; hashes, which have only hexadecimal digits, stay. */
function random(cursor: Cursor, at: number): number {
  const { text, hide } = cursor
  const isNew = at >= cursor.runEnd
  if (isNew) {
    let end = at
    while (end < text.length && isTokenCode(text.charCodeAt(end))) end++
    cursor.runEnd = end
  }
  const known = knownTokenEnd(text, at, cursor.runEnd)
  if (known > 0) {
    hide(at, known)
    return known
  }
  if (!isNew || cursor.runEnd - at < 22 || isHash(text, at)) return 0
  let start = at
  let found = 0
  for (let end = at; end <= cursor.runEnd; end++) {
    const code = end === cursor.runEnd ? 0x2f : text.charCodeAt(end)
    if (code !== 0x2f && code !== 0x2e) continue
    if (looksRandom(text, { hex: false }, start, end)) {
      hide(start, end)
      found = end
    }
    start = end + 1
  }
  if (found > 0 || !looksRandom(text, { hex: false }, at, cursor.runEnd)) return found
  hide(at, cursor.runEnd)
  return cursor.runEnd
}

/** A hash of the contents of a package, or the name of a function of Rust or C++. */
const isHash = (text: string, at: number): boolean =>
  ['sha1-', 'sha256-', 'sha384-', 'sha512-', '_ZN', '_R', 'nix/store/'].some(start => text.startsWith(start, at))
