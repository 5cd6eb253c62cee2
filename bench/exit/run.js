/**
 * Programs that end in their first moments, with autodump and without, several at a time: exit code, signal and what is
 * printed have to be the same each time, and the time to the exit close by. Exits with 1 where a code or a signal is not.
 *
 *   npm run -s setup && node bench/exit/run.js [--runs 2000] [--sorts throw,exit] [--ways import,core,fastify]
 *     [--most 300] [--jobs 3] [--node /path/to/node] [--seconds 600] [--json]
 *
 * `--runs` counts those of each sort in each way; of the bare program there is a tenth, whose ending is the right one.
 * `--most`: the latest moment of the end, in milliseconds. `--seconds` or Ctrl-C end it early, with what there is by then.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { endings } from './endings.js'

const { values: given } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    sorts: { type: 'string', default: Object.keys(endings).join() },
    ways: { type: 'string', default: 'import,core,fastify' },
    most: { type: 'string', default: '300' },
    jobs: { type: 'string', default: '3' },
    node: { type: 'string', default: process.execPath },
    seconds: { type: 'string', default: 'Infinity' },
    json: { type: 'boolean', default: false },
  },
})
const runs = Number(given.runs)
const sorts = given.sorts.split(/,(?! )/)
const ways = given.ways.split(',')
const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
const cwd = fileURLToPath(new URL('..', import.meta.url))
const app = fileURLToPath(new URL('app.js', import.meta.url))
const until = performance.now() + Number(given.seconds) * 1000

/** One program, to its end. */
function run({ sort, way, ms }) {
  const began = process.hrtime.bigint()
  const preload = way === 'import' ? ['--import', '@autodump/core/register'] : []
  // Aborted ones leave no core files behind.
  const command = ['-c', 'ulimit -c 0; exec "$0" "$@"', given.node, ...preload, app, sort, String(ms), way]
  const child = spawn('/bin/sh', command, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, AUTODUMP_DIR: join(dir, way), AUTODUMP_LOG: 'error', AUTODUMP_AUTH: '{"token":"bench"}' },
  })
  const said = { 2: '', 3: '' }
  for (const fd of [2, 3]) child.stdio[fd].on('data', chunk => (said[fd] += chunk))
  let gone = began
  child.once('exit', () => (gone = process.hrtime.bigint()))
  // One that hangs is a deviation too.
  const late = setTimeout(() => child.kill('SIGALRM'), 60_000)
  return new Promise(resolve =>
    child.once('close', (code, signal) => {
      clearTimeout(late)
      const took = (from, to) => Number(to - from) / 1e6
      const dying = said[3] === '' ? null : took(BigInt(said[3]), gone)
      resolve({ sort, way, ms, is: signal ?? `code ${code}`, errors: said[2], whole: took(began, gone), dying })
    }),
  )
}

/** In turn, so that what else the machine does meets all of them. */
function* plan() {
  for (let round = 0; round < runs; round++)
    for (const [nr, sort] of sorts.entries()) {
      // Spread evenly over the time, both busy and waiting: those of one sort, and the sorts of one round.
      const ms = Math.floor(Number(given.most) * ((round * 0.618034 + nr * 0.387) % 1))
      if (round % 10 === 0) yield { sort, way: 'bare', ms }
      for (const way of ways) yield { sort, way, ms }
    }
}

const ended = []
const left = plan()
process.once('SIGINT', () => left.return())
await Promise.all(
  Array.from({ length: Number(given.jobs) }, async () => {
    for (const one of left) {
      if (performance.now() > until) return
      ended.push(await run(one))
    }
  }),
)
rmSync(dir, { recursive: true, force: true })

const median = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN
const of = (sort, way) => ended.filter(one => one.sort === sort && one.way === way)
const times = (list, name) => median(list.map(one => one[name]).filter(ms => ms !== null))
/** What all of the bare ones did. */
const rightOf = sort => [...new Set(of(sort, 'bare').map(({ is }) => is))].join(' or ')
const unwanted = ({ errors }) => /waiting for the debugger|^autodump:/im.test(errors)

const rows = sorts.flatMap(sort =>
  ways.map(way => {
    const mine = of(sort, way)
    const bare = of(sort, 'bare')
    const wrong = mine.filter(({ is }) => is !== rightOf(sort))
    const kinds = [...new Set(wrong.map(({ is }) => is))]
    return {
      sort,
      way,
      runs: mine.length,
      right: rightOf(sort),
      wrong: kinds.map(kind => ({ is: kind, at: wrong.filter(({ is }) => is === kind).map(({ ms }) => ms) })),
      said: mine.filter(unwanted).map(({ errors }) => errors),
      dying: { bare: times(bare, 'dying'), with: times(mine, 'dying') },
      whole: { bare: times(bare, 'whole'), with: times(mine, 'whole') },
    }
  }),
)
const deviations = rows.reduce((sum, { wrong, said }) => sum + wrong.flatMap(({ at }) => at).length + said.length, 0)
if (given.json) console.log(JSON.stringify({ node: given.node, rows, deviations }))
else {
  const ms = ({ bare, with: ours }) => `${bare.toFixed(1)} -> ${ours.toFixed(1)} ms, ratio ${(ours / bare).toFixed(2)}`
  console.log(`${given.node}; medians of bare -> with autodump`)
  for (const { sort, way, runs, right, wrong, said, dying, whole } of rows) {
    const verdict =
      wrong.length === 0
        ? 'none deviates'
        : `DEVIATES: ${wrong.map(({ is, at }) => `${at.length} ${is} (at ${at.join(', ')} ms)`).join('; ')}`
    console.log(`${sort.padEnd(16)} ${way.padEnd(8)} ${runs} runs, ${right}: ${verdict}`)
    console.log(`  from the end of the program to its exit ${ms(dying)}; in all ${ms(whole)}`)
    for (const text of new Set(said)) console.log(`  SAID: ${text.trim()}`)
  }
}
process.exitCode = deviations > 0 || rows.some(({ runs, right }) => runs === 0 || right.includes(' or ')) ? 1 : 0
