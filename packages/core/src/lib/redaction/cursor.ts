import { isBlank } from './reading.js'
import type { SecretKind } from './secret-names.js'

/** What is put in place of a part of a text. */
export interface Span {
  from: number
  to: number
  by: string
}

export const gone = '[redacted]'

/** What the scanner knows where it is; each of its ends is found once, and holds until the scanner gets there. */
export interface Cursor {
  readonly text: string
  /** Queries of URLs go, whatever is in them. */
  readonly dropQueries: boolean
  readonly spans: Span[]
  hide(from: number, to: number, by?: string): void
  /** Of what has no blank, quote or bracket in it. */
  chunkEnd: number
  /** Of what a key may be made of. */
  runEnd: number
  /** Of what a URL may be made of, and where its last `@` is. */
  url: { end: number; lastAt: number }
  /** The word before, in lower case. */
  lastWord: string
  /** A secret was named on this line, and had no value yet. */
  named: SecretKind | null
  /** One was, in all of the text. */
  wasNamed: boolean
  /** A value whose name may come behind it. */
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
      // What was redacted before stays so.
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

/** The text with its spans replaced; where two of them meet the first counts. */
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

/** Where the URL at `from` ends, whatever is in it, and where its last `@` is. */
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
