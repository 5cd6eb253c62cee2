import type { Cursor } from './cursor.js'
import { isNothing, isSaid } from './prose.js'
import { bareEnd, headerEnd, isBreak, isPlainWord, skipSpaces } from './reading.js'

/** This much of a word tells its kind. */
const head = 80

/** The beginnings of an authorization, and whether exactly one word follows. */
const schemes: Record<string, 'word' | 'line'> = {
  bearer: 'word',
  basic: 'word',
  token: 'word',
  apikey: 'word',
  'api-key': 'word',
  key: 'word',
  negotiate: 'word',
  ntlm: 'word',
  digest: 'line',
  hawk: 'line',
  oauth: 'line',
  sharedkey: 'word',
  'aws4-hmac-sha256': 'line',
}

/** Hides an authorization, also one that ends with the word, as a message may go on behind it. */
export function hideAuthorization({ text, hide }: Cursor, from: number): number {
  const end = bareEnd(text, from, Math.min(text.length, from + 4096))
  const first = text.slice(from, Math.min(end, from + head))
  const scheme = Object.hasOwn(schemes, first.toLowerCase()) ? schemes[first.toLowerCase()] : undefined
  if (!scheme && (isSaid(first) || isNothing(first))) return from
  const next = skipSpaces(text, end)
  if (scheme === 'line') {
    const line = headerEnd(text, next)
    // The signed parameters have quotes in them, as with Digest.
    const last = lineEnd(text, line)
    hide(next, last)
    return last
  }
  const second = bareEnd(text, next)
  if (scheme) {
    if (isSaid(text.slice(next, Math.min(second, next + head)))) return next
    hide(next, second)
    return second
  }
  const isScheme =
    next > end && second > next && isPlainWord(first) && !isSaid(text.slice(next, Math.min(second, next + head)))
  hide(from, isScheme ? second : Math.max(end, from + 1))
  return isScheme ? second : Math.max(end, from + 1)
}

function lineEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++
  return at
}
