/**
 * Puts text on one line and in one direction. Route names and labels come from elsewhere; with line breaks or marks
 * that turn the direction of writing they could pose as words of ours.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
}

/** At most this many UTF-16 units, with no half of a character at the end. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** At most this many bytes of UTF-8. */
export function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const room = bytes - Buffer.byteLength('…')
  let kept = 0
  let end = 0
  for (const character of text) {
    kept += Buffer.byteLength(character)
    if (kept > room) break
    end += character.length
  }
  return `${text.slice(0, end)}…`
}

/** With a capital letter, unless the first word is a name: `CPU`, `loadOrders (src/orders.js:4)`, `5 requests`. */
export function capitalised(text: string): string {
  return /^[a-z]+(?:['’,]?\s(?!\()|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}
