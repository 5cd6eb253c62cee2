import { every, isDigit, isLetter } from '../chars.js'
import { hideAuthorization } from './authorization.js'
import type { Cursor } from './cursor.js'
import { isExpression, isNothing, isSaid } from './prose.js'
import { looksRandom } from './randomness.js'
import {
  bareEnd,
  groupEnd,
  headerEnd,
  isBlank,
  isBreak,
  isPlainWord,
  isQuote,
  isSpace,
  readQuoted,
  type Separator,
  skipSpaces,
} from './reading.js'
import type { SecretKind } from './secret-names.js'
import { isShortSecret } from './short-secret.js'

/** This much of a value tells whether it is a secret. */
const head = 80

/** Hides the value that is assigned to a secret name, and returns the position to go on from. */
export function hideValue(cursor: Cursor, kind: SecretKind, name: string, separator: Separator): number {
  const { text, hide } = cursor
  const { at, sign, tight } = separator
  if (at >= text.length) return at
  const quoted = readQuoted(text, at)
  if (quoted) {
    if (!isValue(text, quoted.from, quoted.to)) return quoted.from
    hide(at, quoted.end)
    return quoted.end
  }
  const code = text.charCodeAt(at)
  if (code === 0x3c) return hideTagged(cursor, at)
  if (code === 0x7b) return isContainer(kind, name) ? hideGroup(cursor, at) : at + 1
  if (code === 0x5b) return isInspected(text, at) ? at + 1 : hideGroup(cursor, at)
  if (isPlaceholder(text, at)) return at
  const from = code === 0x28 ? at + 1 : at
  // A value on the next line has quotes or brackets, otherwise it is none: `Password:` ends a question.
  if (!tight && hasBreak(text, at)) return at
  if (kind === 'authorization') return hideAuthorization(cursor, from)
  if (kind === 'cookie' && isPair(text, from)) {
    const end = headerEnd(text, from)
    hide(from, end)
    return end
  }
  const start = bareEnd(text, from, Math.min(text.length, from + head))
  if (!isBareValue(text, from, start, { kind, sign, tight, name })) {
    cursor.named = kind
    return from
  }
  const end = start < from + head ? start : bareEnd(text, from)
  hide(from, end)
  return end
}

function hasBreak(text: string, at: number): boolean {
  let before = at - 1
  while (before > 0 && at - before < 66 && isSpace(text.charCodeAt(before))) before--
  return isBreak(text.charCodeAt(before))
}

/** For quoted text: whether it is a secret, and not a remark about one. */
export function isValue(text: string, from: number, to: number): boolean {
  if (to === from) return false
  const content = text.slice(from, Math.min(to, from + head))
  if (isStars(content)) return false
  const space = content.indexOf(' ')
  if (space < 0) return !isSaid(content) && !isPlaceholder(text, from)
  return !isSaid(content.slice(0, space)) || content.split(' ').some(isShortSecret)
}

interface About {
  kind: SecretKind
  sign: '=' | ':'
  tight: boolean
  name: string
}

function isBareValue(text: string, from: number, to: number, { kind, sign, tight, name }: About): boolean {
  if (to === from) return false
  let last = to
  while (last > from && '.!?,;:…'.includes(text.charAt(last - 1))) last--
  const value = text.slice(from, last)
  if (value === '' || isNothing(value) || isStars(value) || isExpression(value) || isCall(value)) return false
  if ((sign === ':' || !tight) && isSaid(value)) return false
  if (sign === ':' && tight && every(value, code => isDigit(code) || code === 0x3a) && value.includes(':')) return false
  if (every(value, code => isDigit(code) || code === 0x2e || code === 0x2c || code === 0x25))
    return isSecretNumber(value, kind, name)
  if (kind === 'password') return true
  // `session: closed`, `auth:login`
  return sign === '=' || !isPlainWord(value) || looksRandom(value, { hex: true })
}

/** Counts are shorter: `pass: 12`, `tokens: 1500`. */
function isSecretNumber(value: string, kind: SecretKind, name: string): boolean {
  if (kind === 'password') return value.length > 2 && !name.endsWith('s')
  return value.length > 5 && !name.endsWith('s') && !value.includes('.')
}

/** `getToken(`, `new Map(` */
function isCall(value: string): boolean {
  const bracket = value.indexOf('(')
  return (
    bracket > 0 &&
    isLetter(value.charCodeAt(0)) &&
    every(value, code => isLetter(code) || isDigit(code) || code === 0x2e || code === 0x5f, 0, bracket)
  )
}

const isStars = (value: string): boolean =>
  every(value, code => code === 0x2a || code === 0x2022 || code === 0x2e || code === 0x2026)

/** `${TOKEN}`, `$TOKEN`, `%s`, `{{ token }}` */
function isPlaceholder(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (code === 0x24) return next === 0x7b || next === 0x28 || isUpperName(text, at + 1)
  if (code === 0x25) return (next | 0x20) === 0x73 || next === 0x6f || next === 0x6a
  return code === 0x7b && next === 0x7b
}

function isUpperName(text: string, from: number): boolean {
  let at = from
  for (; at - from < 64 && at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!(code >= 0x41 && code <= 0x5a) && code !== 0x5f) break
  }
  return at - from > 2 && !isLetter(text.charCodeAt(at)) && !isDigit(text.charCodeAt(at))
}

/** `<Buffer 68 75>`; `<token>` stands for one. */
function hideTagged({ text, hide }: Cursor, at: number): number {
  if (!text.startsWith('<Buffer', at)) return at + 1
  let end = at
  while (end < text.length && text.charCodeAt(end) !== 0x3e) end++
  hide(at, Math.min(text.length, end + 1))
  return end + 1
}

const inspected = [
  'Array',
  'Object',
  'Function',
  'Async',
  'Getter',
  'Setter',
  'Circular',
  'redacted',
  'REDACTED',
  'Redacted',
  'class',
  'hidden',
  'HIDDEN',
  'filtered',
  'FILTERED',
  'Filtered',
  'masked',
  'MASKED',
  'Symbol',
  'Module',
]

/** The placeholders of `util.inspect` for hidden content: `[Object]`. */
const isInspected = (text: string, at: number): boolean => inspected.some(word => text.startsWith(word, at + 1))

/** `secrets: { stripe: '…' }`, but `auth: { user: 'shop', … }`. */
const isContainer = (kind: SecretKind, name: string): boolean =>
  kind === 'password' || kind === 'cookie' || name.endsWith('s') || name.endsWith('cred') || name.endsWith('credential')

/** Between brackets, hides quoted text that is no name, and unquoted text that is no number. */
export function hideGroup({ text, hide }: Cursor, at: number): number {
  const end = groupEnd(text, at)
  let index = at
  while (index < end) {
    const code = text.charCodeAt(index)
    if (isQuote(code)) {
      const quoted = readQuoted(text, index)
      const behind = Math.min(end, quoted?.end ?? end)
      const next = text.charCodeAt(skipSpaces(text, behind))
      if (next !== 0x3a && next !== 0x3d && quoted && isValue(text, quoted.from, quoted.to)) hide(index, behind)
      index = Math.max(behind, index + 1)
    } else if (isLetter(code) || isDigit(code)) {
      let behind = index
      while (
        behind < end &&
        !isBlank(text.charCodeAt(behind)) &&
        !isQuote(text.charCodeAt(behind)) &&
        !',:[]{}()='.includes(text.charAt(behind))
      )
        behind++
      const next = text.charCodeAt(skipSpaces(text, behind))
      const word = text.slice(index, Math.min(behind, index + head))
      const isName = next === 0x3a || next === 0x3d
      if (!isName && !isNothing(word) && !every(word, isDigit) && !inspected.includes(word)) hide(index, behind)
      index = Math.max(behind, index + 1)
    } else index++
  }
  return end
}

/** For cookies: `theme=dark`. */
function isPair(text: string, from: number): boolean {
  for (let at = from; at - from < 128 && at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x3d) return at > from
    if (isBlank(code) || isQuote(code) || code === 0x3a) return false
  }
  return false
}
