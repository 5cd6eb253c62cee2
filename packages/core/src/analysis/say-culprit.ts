import { percent } from '../lib/units.js'
import type { Finding } from '../model/manifest.js'
import type { Culprit, Spread } from './culprit.js'
import { anonymous, type LocatedFunction } from './places.js'
import { webAssembly } from './runtime-call.js'

/**
 * `parse (lib/csv.js:12), mostly in JSON.parse, called by loadOrders (src/orders.js:4),`
 *
 * `renderOrders (src/orders.js:40), 78% of it in 34 functions of sequelize,`
 */
export function sayCulprit({ function: culprit, through, calledBy, spread }: Culprit): string {
  if (through === webAssembly) return `code in WebAssembly, called by ${sayFunction(culprit)},${outer(calledBy)}`
  if (spread) return saySpread(culprit, spread, calledBy)
  const { name, file, line, hotLine, givenTo } = culprit
  const isCallback = name === anonymous && calledBy && calledBy.name !== anonymous && calledBy.file === file && line > 0
  if (isCallback && culprit.code === undefined)
    return `${sayFunction(calledBy)}, mostly in its callback in line ${line}${givenTo ? `, given to ${givenTo}` : ''},`
  const inLine = through === culprit.calls && hotLine !== undefined ? ` in line ${hotLine}` : ''
  const inside = through && !through.startsWith('(') ? `, mostly in ${through}${inLine}` : ''
  const given = givenTo && calledBy && !isCallback ? ` given to ${givenTo} by ${sayFunction(calledBy)},` : null
  return `${sayFunction(culprit)}${inside}${calledBy || inside ? ',' : ''}${given ?? outer(calledBy)}`
}

const outer = (calledBy: Culprit['calledBy']) => (calledBy ? ` called by ${sayFunction(calledBy)},` : '')

function saySpread(culprit: LocatedFunction, spread: Spread, calledBy: Culprit['calledBy']): string {
  const functions = spread.functions === 1 ? '1 function' : `${spread.functions} functions`
  const below =
    spread.others === 0 ? '' : ` and ${spread.others === 1 ? 'a package' : `${spread.others} packages`} that it calls`
  const where = `${functions} of ${spread.package}${below}`
  if (culprit.owner === 'package') return `${where}, which the event loop entered through ${sayFunction(culprit)},`
  const inside = spread.package === null ? `spread over ${functions}` : `${percent(spread.share)} of it in ${where}`
  return `${sayFunction(culprit)}, ${inside},${outer(calledBy)}`
}
/** The finding behind such a sentence; none if one function has most of the time. */
export function findSpread(culprit: Culprit | null): Finding[] {
  if (!culprit?.spread) return []
  const { function: one, share, spread, calledBy } = culprit
  const text = `${sayCulprit(culprit)} took ${percent(share)} of the busy time`
  return [{ kind: 'hot-path', text, data: { ...one, share, spread, ...(calledBy && { calledBy }) } }]
}

/** The parts of a function that name its place. */
export type ShownFunction = Pick<LocatedFunction, 'name' | 'file' | 'line'> &
  Partial<Pick<LocatedFunction, 'column' | 'code'>>

/** The fields of a function that the sentence uses. */
export const shownOf = ({ name, file, line, column, code }: LocatedFunction): ShownFunction => ({
  name,
  file,
  line,
  ...(code !== undefined && { column, code }),
})

/**
 * `loadOrders (src/orders.js:4)`. If the line has thousands of characters: column and code,
 * `t (dist/server.js:1:48213) function t(e){let n=0;…`. If the code that ran is not the file: its name alone.
 */
export function sayFunction({ name, file, line, column, code }: ShownFunction): string {
  if (line < 1) return `${name} (${file})`
  if (code === undefined) return `${name} (${file}:${line})`
  return `${name} (${file}:${line}:${column})${code && ` \`${code}\``}`
}
