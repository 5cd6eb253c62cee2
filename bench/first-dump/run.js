/**
 * How long an endless loop runs until its culprit is on disk: in the first manifest, and in the complete dump. Default
 * options; the loop begins at another phase of the sampling interval each time.
 *
 *   npm run -s setup && node bench/first-dump/run.js [--runs 5] [--against MODULE] [--json]
 *
 * `--against`: the entry of another build's core (`…/packages/core/dist/index.js`), by turns in the same run.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values: given } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, against: { type: 'string' }, json: { type: 'boolean' } },
})
const runs = Number(given.runs)
const app = fileURLToPath(new URL('app.js', import.meta.url))
const patience = 20_000

/** Seconds until each state names the loop; absent where it never did. */
async function measure(entry, phase) {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  const child = fork(app, [], { env: { ...process.env, FIRST_DUMP: JSON.stringify({ entry, dir }) }, stdio: 'ignore' })
  const exit = once(child, 'exit')
  try {
    await once(child, 'message')
    await pause(phase)
    child.send('go')
    const [{ began }] = await once(child, 'message')
    const seen = {}
    while (!seen.complete && Date.now() - began < patience) {
      for (const [state, file] of manifestsIn(dir)) {
        if (seen[state] || !readFileSync(file, 'utf8').includes('parseForEver')) continue
        seen[state] = (Date.now() - began) / 1000
      }
      await pause(10)
    }
    return { first: seen.first ?? seen.complete, complete: seen.complete }
  } finally {
    child.kill('SIGKILL')
    await exit
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A directory that begins with a dot is a dump in progress. */
function manifestsIn(dir) {
  return readdirSync(dir)
    .filter(name => /^\.?\w*-?\d{8}T/.test(name))
    .map(name => [name.startsWith('.') ? 'first' : 'complete', join(dir, name, 'manifest.json')])
    .filter(([, file]) => existsSync(file))
}

const builds = [['now', undefined], ...(given.against ? [['against', resolve(given.against)]] : [])]
const seconds = Object.fromEntries(builds.map(([name]) => [name, []]))
for (let run = 0; run < runs; run++)
  for (const [name, entry] of builds) seconds[name].push(await measure(entry, (run * 1000) / runs))

const figures = (all, key) => {
  const sorted = all.map(one => one[key] ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  return { median: sorted[sorted.length >> 1].toFixed(2), worst: sorted.at(-1).toFixed(2) }
}
if (given.json) {
  console.log(JSON.stringify({ node: process.version, seconds }))
  process.exit()
}
console.log(`seconds after the loop began, ${runs} runs, Node ${process.version}, load ${loadavg()[0].toFixed(1)}`)
console.table(
  Object.fromEntries(
    builds.flatMap(([name]) => [
      [`${name}: first manifest`, figures(seconds[name], 'first')],
      [`${name}: complete dump`, figures(seconds[name], 'complete')],
    ]),
  ),
)
