import { isBlank } from './reading.js'
import type { SecretKind } from './secret-names.js'

/** The replacement of a part of a text. */
export interface Span {
  from: number
  to: number
  by: string
}

export const gone = '[redacted]'

/** The scanner's knowledge at its position; each of its ends is found once, and holds until the scanner gets there. */
export interface Cursor {
  readonly text: string
  /** Queries of URLs are removed, with any content. */
  readonly dropQueries: boolean
  readonly spans: Span[]
  hide(from: number, to: number, by?: string): void
  /** The end of a run without blanks, quotes and brackets. */
  chunkEnd: number
  /** The end of the characters that a key may be made of. */
  runEnd: number
  /** The end of the characters that a URL may be made of, and the position of its last `@`. */
  url: { end: number; lastAt: number }
  /** The word before, in lower case. */
  lastWord: string
  /** This line named a secret, which had no value yet. */
  named: SecretKind | null
  /** A secret was named somewhere in the text. */
  wasNamed: boolean
  /** A value whose name may follow. */
  lastValue: { from: number; to: number } | null
  lastTicked: { from: number; to: number } | null
  /** The program that the line runs, as far as its options are known. */
  command: string
  /** From here on there is no end of a PEM block. */
  noPemEnd: number
}

export function createCursor(text: string, dropQueries: boolean): Cursor {
  const spans: Span[] = []
  return {
    text,
    dropQueries,
    spans,
    hide(from, to, by = gone) {
      // Parts that were redacted before stay so.
      if (to > from && !(text.startsWith('[redacted', from) && to - from <= gone.length)) spans.push({ from, to, by })
    },
    chunkEnd: 0,
    runEnd: 0,
    url: { end: 0, lastAt: -1 },
    lastWord: '',
    named: null,
    wasNamed: false,
    lastValue: null,
    lastTicked: null,
    command: '',
    noPemEnd: Number.POSITIVE_INFINITY,
  }
}

/** The text with its spans replaced; if two of them meet, the first counts. */
export function render({ text, spans }: Cursor): string {
  if (spans.length === 0) return text
  spans.sort((a, b) => a.from - b.from || b.to - a.to)
  const pieces: string[] = []
  let copied = 0
  for (const { from, to, by } of spans) {
    if (to <= copied) continue
    if (from >= copied) pieces.push(text.slice(copied, from), by)
    copied = to
  }
  pieces.push(text.slice(copied))
  return pieces.join('')
}

/** The end of the URL at `from`, with any content, and the position of its last `@`. */
export function findUrlEnd(cursor: Cursor, from: number): { end: number; lastAt: number } {
  if (from < cursor.url.end) return cursor.url
  const { text } = cursor
  let lastAt = -1
  let end = from
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (isBlank(code) || code === 0x22 || code === 0x60 || code === 0x3c || code === 0x3e || code === 0x7c) break
    if (code === 0x40) lastAt = end
  }
  cursor.url = { end, lastAt }
  return cursor.url
}
