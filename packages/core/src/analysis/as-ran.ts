import type { CodePlace, OriginalOf } from './places.js'
import { linesOf } from './text-lines.js'

/** A line of more characters is too long to find a place in: readers need the column. */
export const longLine = 500

/** Characters of code to show. */
const shown = 60

/** The head of a function begins at most this many characters before its parameters. */
const reach = 60

/** Places of a script without a map, if the line alone does not identify them. */
export function asItRan(text: string): OriginalOf {
  const lines = linesOf(text)
  return place => {
    if (place.line < 1 || place.column < 1) return null
    const line = lines.at(place.line)
    return line.length > longLine && place.column <= line.length ? { ...place, code: pieceAt(line, place) } : null
  }
}

/** `function t(e){let n=0;for(`: the code at a place, without its texts, which may be secrets. */
function pieceAt(line: string, { name, column }: CodePlace): string {
  const before = line.slice(Math.max(0, column - 1 - reach), column - 1)
  const head =
    /(?:(?:async\s*)?function\b\s*\*?\s*[\w$]*|[\w$]+\s*[=:]\s*(?:async\s*)?|[\w$#]+)\s*$/.exec(before)?.[0] ?? ''
  const begins =
    name !== '' && head.includes(name) ? head : (/(?:async\s*)?(?:function\s*\*?\s*)?$/.exec(before)?.[0] ?? '')
  const code = withoutTexts(begins + line.slice(column - 1, column - 1 + 4 * shown))
  return code.length > shown ? `${code.slice(0, shown)}…` : code
}

/** Texts, templates and long numbers become `…`; an unterminated one is cut off. */
const withoutTexts = (code: string) =>
  code
    .replace(/(["'`])(?:\\.|(?!\1).)*(?:\1|$)/g, (_, quote) => (quote === '`' ? '…' : `${quote}…${quote}`))
    .replace(/\b(?=[\w$]*\d)[\w$]{16,}|\d{5,}/g, '…')
    .trim()
