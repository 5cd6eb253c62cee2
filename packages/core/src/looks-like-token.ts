import { every, isDigit, isLetter, isWord, oneOf, runLength, some } from './chars.js'

const shortest = 32

/**
 * Whether a word is so long and so mixed that it was hardly written by a person: session ids, reset links, API keys.
 * Words and numbers that are strung together are not. One that was cut may end with `…`.
 */
export function looksLikeToken(text: string): boolean {
  if (text.length < shortest) return false
  const word = text.endsWith('…') ? text.slice(0, -1) : text
  if (word === '' || !every(word, code => isWord(code) || isMark(code))) return false
  let digits = 0
  for (let index = 0; index < word.length; index++) if (isDigit(word.charCodeAt(index))) digits++
  if (digits < 3 || !some(word, isLetter)) return false
  return !parts(text).every(isPlain)
}

const isMark = oneOf('~+=.%-')
const isSeparator = oneOf('-_.~')

function parts(word: string): string[] {
  const found: string[] = []
  let start = 0
  for (let index = 0; index <= word.length; index++) {
    if (index < word.length && !isSeparator(word.charCodeAt(index))) continue
    found.push(word.slice(start, index))
    start = index + 1
  }
  return found
}

/** A word, a number, or a word with a number of up to four digits. */
function isPlain(part: string): boolean {
  const letters = runLength(part, isLetter)
  const digits = part.length - letters
  return every(part, isDigit, letters) && (letters === 0 || digits <= 4)
}
