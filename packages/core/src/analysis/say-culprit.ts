import type { Culprit, FunctionTime } from './cpu.js'

/** `parse (lib/csv.js:12), mostly in JSON.parse, called by loadOrders (src/orders.js:4),` */
export function sayCulprit({ function: culprit, through, calledBy }: Culprit): string {
  const inside = through && !through.startsWith('(') ? `, mostly in ${through}` : ''
  const caller = calledBy ? `, called by ${sayFunction(calledBy)},` : inside ? ',' : ''
  return `${sayFunction(culprit)}${inside}${caller}`
}

export function sayFunction({ name, file, line }: FunctionTime): string {
  return `${name} (${file}:${line})`
}
