import { every, isDigit, isLetter, isWord, oneOf } from '../chars.js'

/** The position to read a text at, and the ends of things in it. All loops go forward, each within a fixed bound. */
export interface Quoted {
  /** The text between the quotes. */
  from: number
  to: number
  /** The position behind the closing quote; the end of the text if there is none. */
  end: number
}

export const isSpace = (code: number): boolean => code === 0x20 || code === 0x09

export const isBreak = (code: number): boolean => code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029

export const isBlank = (code: number): boolean => isSpace(code) || isBreak(code) || code === 0xa0

export const isQuote = (code: number): boolean => code === 0x22 || code === 0x27 || code === 0x60

/** Characters of names: letters of all languages included. */
export const isNameCode = (code: number): boolean =>
  isWord(code) || code === 0x24 || code === 0x2d || code === 0x2e || code > 0xbf

const backslash = 0x5c

/** At most 64 of them. */
export function skipSpaces(text: string, from: number, test = isSpace): number {
  let at = from
  while (at - from < 64 && test(text.charCodeAt(at))) at++
  return at
}

/** The forms of a quote: plain, behind backslashes, in HTML, percent-encoded. */
const written: [string, string][] = [
  ['&quot;', '&quot;'],
  ['&#34;', '&#34;'],
  ['&#39;', '&#39;'],
  ['&#x27;', '&#x27;'],
  ['%22', '%22'],
  ['%27', '%27'],
  ['\u201c', '\u201d'],
  ['\u2018', '\u2019'],
]

/** Length of the opening or closing quote at `at`, its backslashes included; 0 if there is none. */
export function quoteLength(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (isQuote(code)) return 1
  if (code === backslash) {
    let end = at
    while (end - at < 7 && text.charCodeAt(end) === backslash) end++
    return isQuote(text.charCodeAt(end)) ? end - at + 1 : 0
  }
  if (code !== 0x26 && code !== 0x25 && code < 0x2018) return 0
  const found = written.find(([open, close]) => text.startsWith(open, at) || text.startsWith(close, at))
  return found ? found[0].length : 0
}

/** The text in quotes that begins at `at`, with its escaped or doubled quotes. `null` if there is no quote. */
export function readQuoted(text: string, at: number): Quoted | null {
  const length = quoteLength(text, at)
  if (length === 0) return null
  const from = at + length
  const code = text.charCodeAt(from - 1)
  if (!isQuote(code)) return readWritten(text, at, from)
  const depth = length - 1
  let slashes = 0
  for (let index = from; index < text.length; index++) {
    const next = text.charCodeAt(index)
    if (next === backslash) slashes++
    else {
      if (next === code && (slashes - depth) % (2 * (depth + 1)) === 0) {
        // SQL doubles a quote.
        if (depth === 0 && index > from && text.charCodeAt(index + 1) === code && isWord(text.charCodeAt(index + 2)))
          index++
        else return { from, to: index - depth, end: index + 1 }
      }
      slashes = 0
    }
  }
  return { from, to: text.length, end: text.length }
}

function readWritten(text: string, at: number, from: number): Quoted {
  const close = written.find(([open]) => text.startsWith(open, at))?.[1] ?? text.slice(at, from)
  const to = text.indexOf(close, from)
  return to < 0 ? { from, to: text.length, end: text.length } : { from, to, end: to + close.length }
}

/** The position behind the bracket that closes the one at `at`; quotes in between are read as quotes. */
export function groupEnd(text: string, at: number): number {
  let depth = 0
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (isQuote(code)) index = (readQuoted(text, index)?.end ?? index + 1) - 1
    else if (code === 0x5b || code === 0x7b || code === 0x28) depth++
    else if ((code === 0x5d || code === 0x7d || code === 0x29) && --depth === 0) return index + 1
  }
  return text.length
}

/**
 * Whether a further pair of name and value, or nothing more, begins at `at`: a mark before it is not part of the value.
 */
function isAfterValue(text: string, at: number): boolean {
  let end = at
  while (end - at < 64 && isNameCode(text.charCodeAt(end))) end++
  if (end >= text.length) return true
  const code = text.charCodeAt(end)
  if (end === at)
    return isBlank(code) || isQuote(code) || isCloser(code) || code === 0x2c || code === 0x3b || code === backslash
  return code === 0x3d || code === 0x3a || (isQuote(code) && text.charCodeAt(end + 1) === 0x3a)
}

const isCloser = oneOf(')]}<>')

/** The end of a value without quotes. */
export function bareEnd(text: string, from: number, limit = text.length): number {
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at)
    if (isBlank(code)) return at
    if (code === 0x3c || code === 0x3e) return at
    if (
      (code === 0x26 || code === 0x2c || code === 0x3b || isQuote(code) || isCloser(code)) &&
      isAfterValue(text, at + 1)
    )
      return at
    if (code === backslash) {
      const next = text.charCodeAt(at + 1)
      if (isQuote(next)) return at
      // A line break in its JSON form.
      if ((next === 0x6e || next === 0x72) && isAfterValue(text, at + 2)) return at
    }
  }
  return limit
}

/** The end of the line, or of the quoted text around it; line breaks may have their JSON form. */
export function headerEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isBreak(code) || isQuote(code) || code === 0x5d || code === 0x7d) return at
    if (code === backslash) {
      const next = text.charCodeAt(at + 1)
      if (isQuote(next) || next === 0x6e || next === 0x72) return at
    }
  }
  return text.length
}

export const isPlainWord = (text: string): boolean =>
  every(
    text,
    code =>
      isLetter(code) ||
      code === 0x2d ||
      code === 0x5f ||
      code === 0x2e ||
      code === 0x27 ||
      code === 0x3a ||
      code > 0xbf,
  )

export const isMixed = (text: string): boolean => {
  let digits = 0
  let letters = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) digits++
    else if (isLetter(code)) letters++
  }
  return digits > 0 && letters > 0
}

export interface Separator {
  sign: '=' | ':'
  /** The end of the value. */
  at: number
  /** Nothing stands between the sign and the value. */
  tight: boolean
}

/** The sign that assigns something to the name that ends at `from`: `=`, `: `, `" => `, `")=`, `%3D`. */
export function readSeparator(text: string, from: number): Separator | null {
  let at = from
  let isBracketed = false
  for (let closers = 0; closers < 3; closers++) {
    const code = text.charCodeAt(at)
    isBracketed ||= code === 0x29
    const length = code === 0x5d || code === 0x29 || code === 0x3f ? 1 : quoteLength(text, at)
    if (length === 0) break
    at += length
  }
  at = skipSpaces(text, at)
  const sign = signAt(text, at)
  // `(token) => …` is a function.
  if (sign === null || (isBracketed && text.charCodeAt(at + 1) === 0x3e)) return null
  const behind = at + sign.length
  const end = skipSpaces(text, behind, isBlank)
  return { sign: sign.is, at: end, tight: end === behind }
}

function signAt(text: string, at: number): { is: '=' | ':'; length: number } | null {
  const code = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (code === 0x3d) {
    let length = 1
    while (length < 3 && text.charCodeAt(at + length) === 0x3d) length++
    if (length === 1 && next === 0x3e) length = 2
    return { is: '=', length }
  }
  if (code === 0x21 && next === 0x3d) return { is: '=', length: text.charCodeAt(at + 2) === 0x3d ? 3 : 2 }
  if (code === 0x3a) {
    if (next === 0x3a) return null
    if (next === 0x3d) return { is: '=', length: 2 }
    return { is: ':', length: 1 }
  }
  if (code !== 0x25 || next !== 0x33) return null
  const digit = text.charCodeAt(at + 2) | 0x20
  if (digit === 0x64) return { is: '=', length: 3 }
  return digit === 0x61 ? { is: ':', length: 3 } : null
}

const isBracketOrMark = oneOf('()<>[]{},;|')

/** The end of a word without blanks, brackets and quotes. */
export const endsChunk = (code: number): boolean => isBlank(code) || isQuote(code) || isBracketOrMark(code)
