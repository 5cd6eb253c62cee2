import { anonymous, type CodePlace, type Original, type OriginalOf } from './places.js'
import { type Lines, linesOf } from './text-lines.js'
import { callsIn, reachOfCall, takerBefore, takerOf } from './written-call.js'

/** A line of more characters is too long to find a place in: readers need the column. */
export const longLine = 500

/** Characters of code to show. */
const shown = 60

/** The head of a function begins at most this many characters before its parameters. */
const reach = 60

/**
 * Places of a script, with the calls that its text shows, and with code if the line alone does not identify them.
 *
 * @param mapped the answer of its map
 */
export function asItRan(text: string, mapped: OriginalOf = () => null): OriginalOf {
  const lines = linesOf(text)
  return place => {
    const original = mapped(place)
    const { hotLine, ...known } = place
    const told = {
      ...hotLineOf(place, original, mapped, lines),
      ...callsAt(place, text, lines),
      ...(original === null && codeAt(place, lines)),
    }
    return original || Object.keys(told).length > 0 ? { ...(original ?? known), ...told } : null
  }
}

function codeAt(place: CodePlace, lines: Lines): Pick<Original, 'code'> {
  if (place.line < 1 || place.column < 1) return {}
  const line = lines.at(place.line)
  return line.length > longLine && place.column <= line.length ? { code: pieceAt(line, place) } : {}
}

/** The hot line where it was written. The function's own line says nothing more. */
function hotLineOf(
  { url, line, hotLine }: CodePlace,
  original: Original | null,
  mapped: OriginalOf,
  lines: Lines,
): Pick<Original, 'hotLine'> {
  if (hotLine === undefined || hotLine === line) return {}
  if (original === null) return { hotLine }
  const column = lines.at(hotLine).search(/\S/) + 1
  const hot = column > 0 ? mapped({ name: '', url, line: hotLine, column }) : null
  return hot?.url === original.url && hot.line > original.line ? { hotLine: hot.line } : {}
}

/** Long lines have the calls of many functions. */
function callsAt(
  { name, line, column, hotLine }: CodePlace,
  text: string,
  lines: Lines,
): Pick<Original, 'calls' | 'givenTo'> {
  const hot = hotLine === undefined ? '' : lines.at(hotLine)
  const calls = hot.length <= longLine ? callsIn(hot) : null
  const isUnnamed = name === '' || name === anonymous
  const place = line < 1 || column < 1 ? 0 : lines.startOf(line) + column - 1
  const before = text.slice(Math.max(0, place - reachOfCall), Math.max(0, place))
  const givenTo = isUnnamed ? takerBefore(before) : hotLine === undefined ? null : takerOf(name, text)
  return { ...(calls !== null && { calls }), ...(givenTo !== null && { givenTo }) }
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
