import { oneLine } from '../lib/text.js'
import { percent } from '../lib/units.js'
import type { Culprit, Spread } from './culprit.js'
import { anonymous, type LocatedFunction } from './places.js'
import { webAssembly } from './runtime-call.js'

/** Characters of a name, a path and a pattern in a headline. */
const room = { name: 40, path: 40, pattern: 40 }

type Named = Pick<LocatedFunction, 'name' | 'file' | 'line'> & Partial<Pick<LocatedFunction, 'column' | 'code'>>

/** `loadOrders (src/orders.js:4)`, cut to the room in a headline. */
export function nameFunction({ name, file, line, column, code }: Named): string {
  const path = shortPath(oneLine(file))
  const at = line < 1 ? path : `${path}:${line}${code === undefined ? '' : `:${column}`}`
  return name === anonymous ? `the function at ${at}` : `${clip(oneLine(name), room.name)} (${at})`
}

/**
 * The culprit in a few words, the longest form first: `crypto.pbkdf2Sync in hashPassword (src/auth.js:2)`. Readers can
 * change the code of their app, so its function comes before the function of a package that it called.
 */
export function nameCulprit({ function: culprit, through, calledBy, spread }: Culprit): string[] {
  if (spread) return nameSpread(culprit, spread)
  if (through === webAssembly) return [`WebAssembly called by ${nameFunction(culprit)}`, nameFunction(culprit)]
  if (calledBy && culprit.name === anonymous && calledBy.file === culprit.file) {
    const callback = culprit.givenTo === undefined ? null : `callback of ${culprit.givenTo}`
    return within(through ?? callback, nameFunction({ ...calledBy, line: culprit.line }))
  }
  if (!calledBy) return within(through, nameFunction(culprit))
  const inner =
    culprit.name === anonymous
      ? packageOf(culprit)
      : `${clip(oneLine(culprit.name), room.name)} of ${packageOf(culprit)}`
  return [...within(inner, nameFunction(calledBy))]
}

/** `renderOrders (src/orders.js:40), 78% of it in sequelize`. */
function nameSpread(culprit: LocatedFunction, { package: name, share }: Spread): string[] {
  const who = nameFunction(culprit)
  if (culprit.owner === 'package') return [name === null ? who : `${name}, entered through ${who}`, who]
  return name === null ? [who] : [`${who}, ${percent(share)} of it in ${name}`, who]
}

function within(through: string | null, name: string): string[] {
  if (!through || through.startsWith('(')) return [name]
  const pattern = /^RegExp: ?(.*)$/s.exec(through)?.[1]
  const inner = pattern === undefined ? oneLine(through) : `regular expression ${clip(oneLine(pattern), room.pattern)}`
  return [`${clip(inner, 2 * room.name)} in ${name}`, name]
}

/** `csv-parse` of `csv-parse/lib/index.js`, `@scope/name` of `@scope/name/index.js`. */
function packageOf({ file, owner }: LocatedFunction): string {
  const [first = '', second = ''] = file.split('/')
  return owner !== 'package' ? shortPath(file) : first.startsWith('@') ? `${first}/${second}` : first
}

/** The end of a path tells most. */
function shortPath(path: string): string {
  if (path.length <= room.path) return path
  const parts = path.split('/')
  let kept = parts.pop() as string
  while (parts.length > 0 && kept.length + (parts.at(-1) as string).length < room.path) kept = `${parts.pop()}/${kept}`
  return `…/${kept.slice(-room.path)}`
}

/** The middle is left out: begin and end tell most. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const half = (length - 1) / 2
  return `${text.slice(0, Math.ceil(half))}…${text.slice(text.length - Math.floor(half))}`
}
