import { longLine } from './as-ran.js'
import { functionAt, functionsOf } from './function-scan.js'
import { anonymous, type CodePlace, type OriginalOf } from './places.js'
import { linesOf } from './text-lines.js'
import { bundlerPath } from './trace-original.js'

/** Scripts of these names are compiled before V8 sees them; at least their types are removed. */
const compiled = /\.(?:[mc]?tsx?|jsx|vue|svelte|coffee|astro)$/

/** Whether the code that ran differs from the file, as far as its name tells. */
export const isCompiled = (url: string) => compiled.test(url) || bundlerPath(url, '/') !== null

/**
 * For places of which only the script is known: readers cannot see the text with these lines.
 *
 * @param cwd see `bundlerPath`
 */
export const lineUnknown =
  (cwd: string): OriginalOf =>
  place => ({ ...place, url: bundlerPath(place.url, cwd) ?? place.url, line: 0, column: 0 })

/**
 * Whether a file is the code that ran, judged by the text at the places: a function of that name begins there, or is
 * around it (a stack has the places of calls). For a file that needs compiling, the function has to begin there.
 */
export function isWhatRan(text: string, url: string, places: CodePlace[]): boolean {
  const functions = functionsOf(text)
  const lines = linesOf(text)
  return places.every(({ name, line, column }) => {
    if (line < 1 || column < 1 || (line === 1 && column === 1)) return true
    const start = lines.startOf(line)
    const length = start < 0 ? -1 : lines.at(line).length
    if (column - 1 > length) return false
    // In such a line readers look up the column, in the code that ran.
    if (length > longLine && !isCompiled(url)) return true
    const offset = start + column - 1
    const found = functionAt(functions, offset)
    if (!found) return functions.length === 0 && !isCompiled(url)
    if (isCompiled(url) && offset > found.body) return false
    return found.name === '' || name === anonymous || name === '' || name.split(/[. ]/).at(-1) === found.name
  })
}

/** Whether places of one text are the same in the other: Node replaces removed types by blanks. */
export function hasSamePlaces(text: string, other: string): boolean {
  if (text.length !== other.length) return false
  const lengths = (one: string) => one.split('\n').map(line => line.length)
  const others = lengths(other)
  return lengths(text).every((length, index) => length === others[index])
}
