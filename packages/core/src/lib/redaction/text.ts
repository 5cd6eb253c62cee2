import { createCursor, render } from './cursor.js'
import { findSecrets } from './scan.js'

/** Longer texts are cut, so that their processing time has a limit. */
const longest = 16_000

/** Characters that are read for each character of the result: redaction mostly makes a text shorter. */
const ahead = 2

/** A cut word that is longer than this is recognised as it is. */
const longestWord = 512

/** The text without the parts that look like a secret: a guess by names and shapes, so not a promise. */
export function redactText(text: string, length = longest): string {
  return redact(text, length, false)
}

/**
 * An error's message or stack without the parts that look like a secret, and without the queries of URLs.
 *
 * @param length of the result at most; twice as much is read
 */
export function redactError(text: string, length = longest): string {
  return redact(text, length, true)
}

function redact(text: string, length: number, dropQueries: boolean): string {
  const cursor = createCursor(cutAtWord(text, ahead * length), dropQueries)
  findSecrets(cursor)
  const redacted = render(cursor)
  if (cursor.text.length === text.length && redacted.length <= length) return redacted
  return redacted.length < length ? `${redacted}…` : `${redacted.slice(0, length - 1)}…`
}

/** The rest of a cut secret could be too short to be recognised: it is removed. */
export function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text
  let end = length
  while (end > 0 && length - end < longestWord && text.charCodeAt(end - 1) > 0x20) end--
  return text.slice(0, length - end < longestWord ? end : length)
}
