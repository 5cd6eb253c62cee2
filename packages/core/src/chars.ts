/**
 * Tests of characters for code that runs on the app thread in the middle of the app's own: no regular expression may
 * be used there (`decisions/098`). All of them are of ASCII.
 */
export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
export const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a

/** Of the characters from `start` to `end`; true where there is none. */
export function every(text: string, test: (code: number) => boolean, start = 0, end = text.length): boolean {
  for (let index = start; index < end; index++) if (!test(text.charCodeAt(index))) return false
  return true
}

/** Where the query or the fragment begins, else the length. */
export function queryStart(url: string): number {
  for (let index = 0; index < url.length; index++) {
    const code = url.charCodeAt(index)
    if (code === 0x3f || code === 0x23) return index
  }
  return url.length
}

/** Length of a URL's scheme, `4` in `http://…`; 0 where there is none. */
export function schemeLength(url: string): number {
  const colon = url.indexOf(':')
  const isSchemeCode = (code: number) =>
    isLetter(code) || isDigit(code) || code === 0x2b || code === 0x2d || code === 0x2e
  return colon > 0 && isLetter(url.charCodeAt(0)) && every(url, isSchemeCode, 1, colon) ? colon : 0
}
