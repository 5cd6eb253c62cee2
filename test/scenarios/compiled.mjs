// Functions of the server that do not run as they were written.
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import vm from 'node:vm'

/** As loaders do that compile in memory: line n of what runs is line n + 10 of the file that was written. */
const compiled = `function recountPrices(ms) {
  const end = Date.now() + ms
  let sum = 0
  while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += Math.sqrt(i)
  return sum
}`
const map = {
  ...{ version: 3, names: [], sources: ['prices.ts'], sourcesContent: [`${'\n'.repeat(10)}${compiled}`] },
  mappings: 'AAUA;AACA;AACA;AACA;AACA;AACA',
}
export const recountPrices = vm.runInThisContext(
  `${compiled}\n//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(map))}\nrecountPrices`,
  { filename: import.meta.filename.replace('compiled.mjs', 'prices.js') },
)

/** As bundlers write it: all in one line. */
const minified = `${'/* eslint-disable */'.repeat(100)}function q(e){const t=Date.now()+e;let n=0;for(;Date.now()<t;)for(let e=0;e<1e4;e++)n+=Math.sqrt(e);return n}module.exports=q`

/** Its function, from a file in a directory that the test removes. */
export function bundledIn(dir) {
  const bundle = join(mkdtempSync(join(dir, 'bundle-')), 'app.min.cjs')
  writeFileSync(bundle, minified)
  // It was built before this process began.
  utimesSync(bundle, 0, 0)
  return createRequire(import.meta.url)(bundle)
}
