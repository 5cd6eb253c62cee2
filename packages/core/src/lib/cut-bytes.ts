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
