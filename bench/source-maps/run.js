/**
 * What it takes to name functions by source maps: time and memory for a script of one minified line and its map, by the
 * size of the map. All of it is mappings, which is the worst case: most maps are mainly the sources themselves.
 *
 *   npm run build && node --expose-gc bench/source-maps/run.js
 */
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createSourceMaps } from '../../packages/core/dist/analysis/source-maps.js'

const MiB = 1024 ** 2
const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
const old = new Date(Date.now() - 3_600_000)

/** A function every 20 characters, each from a line of its own. */
function write(name, functions) {
  const code = 'function a(b){b()};;'.repeat(functions)
  const first = 'AAAAA,SAASA,EAAEC'
  const rest = 'SACVD,SAASA,EAAEC'
  const mappings = [first, ...Array.from({ length: functions - 1 }, () => rest)].join(',')
  const map = JSON.stringify({ version: 3, sources: ['a.ts'], names: ['first', 'second'], mappings })
  for (const [file, content] of [
    [name, `${code}\n//# sourceMappingURL=${name}.map`],
    [`${name}.map`, map],
  ]) {
    writeFileSync(join(dir, file), content)
    utimesSync(join(dir, file), old, old)
  }
  return statSync(join(dir, `${name}.map`)).size
}

/** Names a thousand functions, as many as a large profile has. */
async function measure(functions) {
  const name = `app-${functions}.js`
  const bytes = write(name, functions)
  const url = pathToFileURL(join(dir, name)).href
  globalThis.gc()
  const before = process.memoryUsage.rss()
  const began = performance.now()
  const withSourceMaps = createSourceMaps()
  const named = await withSourceMaps(
    originalOf =>
      Array.from({ length: 1000 }, (_, index) => {
        const column = Math.floor((index * functions) / 1000) * 20 + 11
        return originalOf({ name: 'a', url, line: 1, column })
      }).filter(place => place !== null).length,
  )
  const ms = performance.now() - began
  const peak = process.memoryUsage.rss() - before
  return { 'map, MiB': (bytes / MiB).toFixed(1), named, ms: Math.round(ms), 'memory, MiB': Math.round(peak / MiB) }
}

try {
  const rows = []
  for (const functions of [1000, 50_000, 400_000, 1_500_000]) rows.push(await measure(functions))
  console.table(rows)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
