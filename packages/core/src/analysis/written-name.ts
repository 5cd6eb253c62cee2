import { functionAt, functionsOf, type WrittenFunction } from './function-scan.js'
import { anonymous } from './places.js'
import { linesOf } from './text-lines.js'

/** The names of the functions of a source, by place. Scans the source on the first call. */
export function createNames(source: string) {
  let functions: WrittenFunction[] | undefined
  let names: Set<string> | undefined
  const lines = linesOf(source)

  /**
   * The name of the function around a place of the source, for one that V8 calls `ran`. `ran` is a minified name or, if
   * a minifier has put a function into its caller, words of an argument (`rows.Array.from.length`). A name in the
   * source is better evidence than a place, which may be that of a line only.
   *
   * @param line 1-based
   * @param column 1-based
   */
  return (ran: string, line: number, column: number): string => {
    functions ??= functionsOf(source)
    names ??= new Set(functions.map(({ name }) => name))
    const start = lines.startOf(line)
    if (start < 0) return ran
    const blank = /\S/.exec(source.slice(start + column - 1, start + column + 200))?.index ?? 0
    const written = functionAt(functions, start + column - 1 + blank)?.name
    if (written === undefined || isWords(ran)) return ran
    if (ran === anonymous) return written || ran
    const parts = ran.split('.')
    if (parts.length > 1) return isMember(parts, written, source) ? ran : written || anonymous
    return written === '' || (ran.length > 2 && names.has(ran)) ? ran : written
  }
}

/** `get total`, `<static_initializer>`, `(module)`: names that a minifier cannot have shortened. */
const isWords = (name: string) => name !== anonymous && /[^\p{ID_Continue}$.#]/u.test(name)

/** `Shop.price` of the class `Shop`, or of anything else with that name in the source. */
function isMember(parts: string[], written: string, source: string): boolean {
  return (
    parts.at(-1) === written &&
    new RegExp(`(?<![\\p{ID_Continue}$])${escaped(parts[0] as string)}(?![\\p{ID_Continue}$])`, 'u').test(source)
  )
}

const escaped = (text: string) => text.replace(/[$]/g, '\\$')
