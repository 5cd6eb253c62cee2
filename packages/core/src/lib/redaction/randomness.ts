import { every, isDigit, isHexDigit, isLetter, oneOf } from '../chars.js'
import { edge, surprise } from './letter-pairs.js'

/** Characters: 16 random bytes as base64. Shorter ones are names that people give: nanoids have 21. */
const shortest = 22

/** At least this many of them must lie outside numbers, hashes and ids. */
const shortestRest = 17

/** This many hexadecimal digits are a token rather than the id of an object, which has 24. */
const shortestHex = 32

/** Bits by which chance has to explain a text better than words do. */
const enough = 10

/** Bits that a change of the kind of characters costs in words, in addition to the cost of the next character. */
const cost = { same: 0.3, capital: 1.5, word: 1, camel: 3.5, afterCapitals: 4, afterDigit: 4, digit: 6.5, oneMore: 3.8 }

/** Chance rarely repeats itself, and filler text does nothing else. */
const ofRepeat = 3

/** Bits that each mark adds in favour of words, and each after the second: chance makes one of 32 characters a mark. */
const perMark = { all: 2, further: 3 }

const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a

const isAlphanumeric = (code: number): boolean => isDigit(code) || isLetter(code)

/**
 * Whether chance made a text rather than a person: session ids, reset links, API keys. People and programs write words,
 * numbers, hashes and ids: UUIDs, ObjectIds, ULIDs. A cut text may end with `…`.
 *
 * @param hex whether 32 hexadecimal digits and more are random too, which they are except in hashes and traces
 */
export function looksRandom(text: string, { hex }: { hex: boolean }, from = 0, to = text.length): boolean {
  if (to - from < shortest) return false
  let start = from
  for (let at = from; at <= to; at++) {
    const width = at === to ? 1 : splitAt(text, at)
    if (width === 0) continue
    if (at - start >= shortest && isRandomPart(text, start, at, hex)) return true
    start = at + width
    at = start - 1
  }
  return false
}

/** Parts of tokens that stand on their own: of a bot's, of a signed one, of a JSON Web Token. */
function splitAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code !== 0x25) return isAlphanumeric(code) || isMark(code) ? 0 : 1
  // Percent-encoded; `+` and `/` of base64 are part of it.
  const isOfBase64 = text.charCodeAt(at + 1) === 0x32 && [0x42, 0x46, 0x62, 0x66].includes(text.charCodeAt(at + 2))
  return isOfBase64 ? 0 : 3
}

/** `-`, `_`, `+`, `/`, `~` and the `%` of encoded characters. */
const isMark = oneOf('-_+/~%')

interface Tally {
  /** Bits by which chance explains it better, without the cost of chance. */
  words: number
  length: number
  lower: boolean
  upper: boolean
  digits: boolean
}

function isRandomPart(text: string, from: number, to: number, hex: boolean): boolean {
  const tally: Tally = { words: 0, length: 0, lower: false, upper: false, digits: false }
  let marks = 0
  let start = from
  for (let at = from; at <= to; at++) {
    if (at < to && isAlphanumeric(text.charCodeAt(at))) continue
    if (at < to) marks++
    if (at > start) {
      const group = kindOf(text, start, at)
      if (group === 'hex' && hex && at - start >= shortestHex) return true
      if (group === null && isMixture(text, start, at)) return true
      if (group === null) add(tally, text, start, at)
    }
    start = at + 1
  }
  if (tally.length < shortestRest) return false
  const alphabet = (tally.lower ? 26 : 0) + (tally.upper ? 26 : 0) + (tally.digits ? 10 : 0)
  const ofMarks = perMark.all * marks + perMark.further * Math.max(0, marks - 2)
  return tally.words - tally.length * Math.log2(alphabet) - ofMarks > enough
}

/** A word with hexadecimal digits behind it, without a mark between them: `reset0a1b2…`. Names change to digits less often. */
function isMixture(text: string, from: number, to: number): boolean {
  if (to - from < shortestHex) return false
  let changes = 0
  for (let at = from + 1; at < to; at++)
    if (isDigit(text.charCodeAt(at)) !== isDigit(text.charCodeAt(at - 1))) changes++
  return changes >= 4
}

/** Texts that say nothing about chance: numbers, hashes, ids. `null` for all others. */
function kindOf(text: string, from: number, to: number): 'number' | 'hex' | 'id' | null {
  if (every(text, isDigit, from, to)) return 'number'
  let digits = 0
  let upper = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) digits++
    else if (isUpper(code)) upper++
  }
  const letters = to - from - digits
  if (digits === 0 || (upper !== 0 && upper !== letters)) return null
  if (every(text, isHexDigit, from, to)) return 'hex'
  return isUlid(text, from, to) || isCuid(text, from, to) ? 'id' : null
}

/** Crockford's base 32 has no I, L, O, U. */
function isUlid(text: string, from: number, to: number): boolean {
  const first = text.charCodeAt(from)
  if (to - from !== 26 || first < 0x30 || first > 0x37) return false
  return every(text, code => isDigit(code) || !'ILOUilou'.includes(String.fromCharCode(code)), from, to)
}

/** `c`, and the time, whose first digit of base 36 is `j` to `m` from 2017 to 2034. */
function isCuid(text: string, from: number, to: number): boolean {
  const second = text.charCodeAt(from + 1)
  return to - from === 25 && text.charCodeAt(from) === 0x63 && second >= 0x6a && second <= 0x6d
}

/** Adds the cost of a run of letters and digits as words. */
function add(tally: Tally, text: string, from: number, to: number): void {
  let before = edge
  let last: 'none' | 'digit' | 'lower' | 'upper' = 'none'
  let capitals = 0
  let bits = 0
  const end = () => (before === edge ? 0 : surprise(before, edge))
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) {
      bits += last === 'digit' ? cost.oneMore : cost.digit + end()
      before = edge
      last = 'digit'
      capitals = 0
      tally.digits = true
      continue
    }
    const letter = (code | 0x20) - 0x61
    const kind = isUpper(code) ? 'upper' : 'lower'
    if (last === 'none') bits += (kind === 'upper' ? cost.capital : cost.word) + surprise(edge, letter)
    else if (last === 'digit') bits += cost.afterDigit + surprise(edge, letter)
    else if (last === kind || (kind === 'lower' && capitals === 1))
      bits += cost.same + (letter === before ? Math.min(ofRepeat, surprise(before, letter)) : surprise(before, letter))
    else if (kind === 'upper') bits += cost.camel + end() + surprise(edge, letter)
    else bits += cost.afterCapitals + surprise(before, letter)
    capitals = kind === 'upper' ? capitals + 1 : 0
    tally[kind] = true
    before = letter
    last = kind
  }
  tally.words += bits + end()
  tally.length += to - from
}

/** It mostly names a user, and is no token then. */
export function isUuid(text: string): boolean {
  if (text.length !== 36) return false
  for (let at = 0; at < 36; at++) {
    const isDash = at === 8 || at === 13 || at === 18 || at === 23
    if (isDash ? text.charCodeAt(at) !== 0x2d : !isHexDigit(text.charCodeAt(at))) return false
  }
  return true
}
