import { type Culprit, webAssembly } from './cpu.js'
import type { LocatedFunction } from './places.js'

/** `parse (lib/csv.js:12), mostly in JSON.parse, called by loadOrders (src/orders.js:4),` */
export function sayCulprit({ function: culprit, through, calledBy }: Culprit): string {
  if (through === webAssembly) return `code in WebAssembly, called by ${sayFunction(culprit)},${outer(calledBy)}`
  const inside = through && !through.startsWith('(') ? `, mostly in ${through}` : ''
  return `${sayFunction(culprit)}${inside}${calledBy || inside ? ',' : ''}${outer(calledBy)}`
}

const outer = (calledBy: Culprit['calledBy']) => (calledBy ? ` called by ${sayFunction(calledBy)},` : '')

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
