import { every, isHexDigit, isLetter } from '../chars.js'
import { isValue } from './assigned.js'
import type { Cursor } from './cursor.js'
import { isField, isNothing, isSaid } from './prose.js'
import { looksRandom } from './randomness.js'
import { bareEnd, isBreak, isQuote, isSpace, quoteLength, readQuoted, readSeparator, skipSpaces } from './reading.js'
import type { SecretKind } from './secret-names.js'
import { isShortSecret } from './short-secret.js'

/** Words that stand before the name of an earlier value. */
const beforeNames = new Set(
  'path column key field param parameter property attribute argument option header name label for index constraint'.split(
    ' ',
  ),
)

/**
 * Looks for the value of a secret name from `from` to `to` without an assignment. Returns the position to go on from.
 */
export function findBeside(cursor: Cursor, kind: SecretKind, from: number, to: number): number {
  const { text, hide, lastWord } = cursor
  const before = text.charCodeAt(from - 1)
  const isQuoted = isQuote(before)
  const behind = isQuoted ? to + quoteLength(text, to) : to
  cursor.named = kind
  cursor.wasNamed = true
  if ((isQuoted || beforeNames.has(lastWord)) && beforeNames.has(lastWord)) hideEarlier(cursor, from)
  if (before === 0x2d) return findArgument(cursor, behind) || behind
  if (before === 0x3c && text.charCodeAt(to) === 0x3e) return findElement(cursor, to + 1)
  if (isQuoted) {
    if (lastWord === 'name') {
      const part = findPart(cursor, behind)
      if (part > 0) return part
    }
    return findInList(cursor, from, behind) || findInBrackets(cursor, behind) || behind
  }
  if (beforeNames.has(lastWord)) {
    const end = findInBrackets(cursor, behind)
    if (end > 0) return end
  }
  const next = skipSpaces(text, to)
  if (next !== to + 1) return to
  if (kind === 'password' && text.charCodeAt(next) === 0x28) {
    // `wrong password (hunter2)`
    const close = bareEnd(text, next + 1, Math.min(text.length, next + 512))
    if (!isShortSecret(text.slice(next + 1, close))) return next
    hide(next + 1, close)
    return close
  }
  const quoted = isPasswordWord(text, from, to) ? readQuoted(text, next) : null
  if (quoted) {
    if (!isValue(text, quoted.from, quoted.to)) return next
    hide(next, quoted.end)
    return quoted.end
  }
  const end = bareEnd(text, next, Math.min(text.length, next + 512))
  const word = text.slice(next, end)
  const isSecret =
    looksRandom(word, { hex: true }) || (kind === 'password' || isLongMix(word) ? isShortSecret(word) : false)
  if (!isSecret) return to
  hide(next, end)
  return end
}

/** Whether a word is long and mixed like a token: an id has at most 24 digits. */
const isLongMix = (word: string): boolean => word.length > 20 && !every(word, code => isHexDigit(code) || code === 0x2d)

/** `secret "db-credentials" not found` is about a thing of that name. */
function isPasswordWord(text: string, from: number, to: number): boolean {
  const name = text.slice(Math.max(from, to - 16), to).toLowerCase()
  return ['password', 'passwd', 'passphrase', 'pwd', 'pass', 'apikey', 'passcode'].some(word => name.endsWith(word))
}

/** `Cast to Number failed for value "hunter2" … at path "pin"`, `` `hunter2` is not a valid enum value for path `password` `` */
function hideEarlier(cursor: Cursor, from: number): void {
  const value = cursor.lastValue ?? cursor.lastTicked
  if (!value || value.to > from || from - value.to > 400) return
  cursor.hide(value.from, value.to)
  cursor.lastValue = null
}

/** `--password x`; also for programs that have one line only for long options. */
function findArgument({ text, hide }: Cursor, behind: number): number {
  const from = argumentStart(text, behind)
  const code = text.charCodeAt(from)
  if (Number.isNaN(code) || code === 0x2d || code === 0x3c || code === 0x5b || code === 0x24 || isBreak(code)) return 0
  const quoted = readQuoted(text, from)
  if (quoted) {
    if (quoted.to === quoted.from) return 0
    hide(from, quoted.end)
    return quoted.end
  }
  let end = from
  while (end < text.length && text.charCodeAt(end) > 0x20 && !isQuote(text.charCodeAt(end))) end++
  const word = text.slice(from, Math.min(end, from + 80))
  if (isSaid(word) || isNothing(word) || isMeant(word)) return 0
  hide(from, end)
  return end
}

/** `TOKEN_FILE` of a usage, and marks that end a command. */
const isMeant = (word: string): boolean =>
  word === '|' || word === '&&' || every(word, code => code === 0x5f || (code >= 0x41 && code <= 0x5a))

/** Behind a blank, or the next item of a list: `[ '--password', 'x' ]`. */
function argumentStart(text: string, behind: number): number {
  if (isSpace(text.charCodeAt(behind))) return skipSpaces(text, behind)
  const comma = skipSpaces(text, behind + quoteLength(text, behind))
  return comma > behind && text.charCodeAt(comma) === 0x2c ? skipSpaces(text, comma + 1) : text.length
}

/** `<password>x</password>` */
function findElement({ text, hide }: Cursor, from: number): number {
  let end = from
  while (end < text.length && text.charCodeAt(end) !== 0x3c) end++
  if (isValue(text, from, end)) hide(from, end)
  return end
}

/** In a form: a value two lines below its name, to the end of the line. */
function findPart({ text, hide }: Cursor, behind: number): number {
  let at = behind
  let breaks = 0
  while (at - behind < 16) {
    const code = text.charCodeAt(at)
    if (code === 0x0a) breaks++
    else if (code === 0x5c && text.charCodeAt(at + 1) === 0x6e) {
      breaks++
      at++
    } else if (code === 0x5c && text.charCodeAt(at + 1) === 0x72) at++
    else if (code !== 0x0d) break
    at++
  }
  if (breaks < 2) return 0
  let end = at
  while (end < text.length && !isBreak(text.charCodeAt(end)) && text.charCodeAt(end) !== 0x5c) end++
  hide(at, end)
  return end
}

/** `[ 'x-api-key', 'hunter2' ]`, but not `['password', 'email']` and `"path":"password","location":"body"`. */
function findInList({ text, hide }: Cursor, from: number, behind: number): number {
  const comma = skipSpaces(text, behind)
  if (text.charCodeAt(comma) !== 0x2c) return 0
  const at = skipSpaces(text, comma + 1)
  const quoted = readQuoted(text, at)
  if (!quoted || quoted.to === quoted.from) return 0
  const next = text.charCodeAt(skipSpaces(text, quoted.end))
  if (next === 0x3a || next === 0x3d) return 0
  const value = text.slice(quoted.from, Math.min(quoted.to, quoted.from + 80))
  if (isField(value) || isSaid(value)) return 0
  const isHeader = text.slice(from, behind).includes('-') || value.includes(' ')
  if (isName(value) && !isHeader && !(next === 0x5d && isFirst(text, from))) return 0
  hide(at, quoted.end)
  return quoted.end
}

/** `created_at`, `planName` */
function isName(value: string): boolean {
  for (let at = 0; at < value.length; at++)
    if (!isLetter(value.charCodeAt(at)) && value.charAt(at) !== '_') return false
  return value.length < 24
}

/** Whether the name, including its quote, is the first of a list. */
function isFirst(text: string, from: number): boolean {
  let at = from - 2
  while (at > 0 && from - at < 66 && isSpace(text.charCodeAt(at))) at--
  return text.charCodeAt(at) === 0x5b
}

/** ``Path `password` (`hunter2`, length 9)`` */
function findInBrackets({ text, hide }: Cursor, behind: number): number {
  const bracket = skipSpaces(text, behind)
  if (text.charCodeAt(bracket) !== 0x28) return 0
  const at = bracket + 1
  const quoted = readQuoted(text, at)
  if (quoted) {
    hide(at, quoted.end)
    return quoted.end
  }
  const end = bareEnd(text, at, Math.min(text.length, at + 4096))
  const word = text.slice(at, Math.min(end, at + 80))
  if (end === at || isSaid(word) || isNothing(word)) return 0
  hide(at, end)
  return end
}

/** Words before the value of an earlier or later name. */
const beforeValues = new Set('value entry got received provided input given was rejectedvalue actual is'.split(' '))

/**
 * `with value "hunter2"`, `"value":"hunter2"`, `API key provided: x`. Returns the position to go on from, 0 for
 * nothing.
 */
export function findNamedValue(cursor: Cursor, word: string, to: number): number {
  const { text, hide, named } = cursor
  if (word === 'invalid' && named) return findInBrackets(cursor, to)
  if (!beforeValues.has(word)) return 0
  const separator = readSeparator(text, to)
  const at = separator ? separator.at : skipSpaces(text, to)
  const quoted = at > to ? readQuoted(text, at) : null
  if (quoted) {
    if (quoted.to === quoted.from || quoted.to - quoted.from > 4096) return 0
    if (!named) {
      if (word === 'is') return 0
      cursor.lastValue = { from: at, to: quoted.end }
      return quoted.from
    }
    if (!isValue(text, quoted.from, quoted.to)) return quoted.from
    hide(at, quoted.end)
    return quoted.end
  }
  if (!named || (!separator && named !== 'password') || text.charCodeAt(at) === 0x5b || text.charCodeAt(at) === 0x7b)
    return 0
  const end = bareEnd(text, at, Math.min(text.length, at + 512))
  const value = text.slice(at, Math.min(end, at + 80))
  if (end === at || isSaid(value) || isNothing(value) || isName(value)) return 0
  if (!separator && !isShortSecret(value)) return 0
  hide(at, end)
  return end
}
