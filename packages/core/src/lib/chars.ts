/**
 * Tests of characters for code that runs on the app thread mid-block: regular expressions are forbidden there
 * (`decisions/098`). All of them are for ASCII.
 */
export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

export const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a

/** Whether all characters from `start` to `end` pass; true for an empty range. */
export function every(text: string, test: (code: number) => boolean, start = 0, end = text.length): boolean {
  for (let index = start; index < end; index++) if (!test(text.charCodeAt(index))) return false
  return true
}

/** The number of characters from `start` on that pass, without a gap. */
export function runLength(text: string, test: (code: number) => boolean, start = 0): number {
  let end = start
  while (end < text.length && test(text.charCodeAt(end))) end++
  return end - start
}

/** Whether any of the characters passes; false for an empty range. */
export const some = (text: string, test: (code: number) => boolean): boolean => !every(text, code => !test(code))

export const isHexDigit = (code: number): boolean => isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)

/** As in the `\w` of regular expressions. */
export const isWord = (code: number): boolean => isLetter(code) || isDigit(code) || code === 0x5f

/** A test for a set of ASCII characters. */
export function oneOf(characters: string): (code: number) => boolean {
  const known = new Uint8Array(128)
  for (let index = 0; index < characters.length; index++) known[characters.charCodeAt(index)] = 1
  return code => code < 128 && known[code] === 1
}

/** The position of the first of some characters, from `start` on, else the length. */
export function firstOf(characters: string, text: string, start = 0): number {
  for (let index = start; index < text.length; index++) if (characters.includes(text[index] as string)) return index
  return text.length
}

/** The position where the query or the fragment begins, else the length. */
export const queryStart = (url: string): number => firstOf('?#', url)

/** Length of a URL's scheme, `4` in `http://…`; 0 if there is none. */
export function schemeLength(url: string): number {
  const colon = url.indexOf(':')
  const isSchemeCode = (code: number) =>
    isLetter(code) || isDigit(code) || code === 0x2b || code === 0x2d || code === 0x2e
  return colon > 0 && isLetter(url.charCodeAt(0)) && every(url, isSchemeCode, 1, colon) ? colon : 0
}
