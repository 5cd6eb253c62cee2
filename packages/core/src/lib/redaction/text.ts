import { createCursor, render } from './cursor.js'
import { findSecrets } from './scan.js'

/** Longer texts are cut, so that the time that they take has an end. */
const longest = 16_000

/** So much of a text is read for each character that is shown of it: redaction mostly makes it shorter. */
const ahead = 2

/** A word that was cut and is longer than that is recognised as it is. */
const longestWord = 512

/** The text without what looks like a secret: a guess by names and shapes, so not a promise. */
export function redactText(text: string, length = longest): string {
  return redact(text, length, false)
}

/**
 * An error's message or stack without what looks like a secret, and without the queries of URLs.
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

/** What is left of a secret that was cut could be too short to be known for one: it goes. */
export function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text
  let end = length
  while (end > 0 && length - end < longestWord && text.charCodeAt(end - 1) > 0x20) end--
  return text.slice(0, length - end < longestWord ? end : length)
}
