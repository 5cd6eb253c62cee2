// What it costs to read the variables of a function that blocks the event loop:
//   node bench/hands/run.js [--rounds 3] [--scripts 0,1000] [--json]
// Each round starts an app, blocks it, and takes two dumps: the first attaches for the first time in its life. Milliseconds
// for which the app stood still are medians; the ratio is that of the first dump to the start of the inspector's CPU
// profiler in the same process, the usual price of looking into a running app.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { askInstance, listInstances } from '@autodump/core/control'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    scripts: { type: 'string', default: '0,1000' },
    json: { type: 'boolean', default: false },
  },
})
const app = fileURLToPath(new URL('./app.js', import.meta.url))

async function take(instance, capture) {
  const response = await askInstance(instance, '/trigger?wait=true', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ capture: [capture], duration: 1000 }),
    timeout: 120_000,
  })
  const { id, artifacts } = await response.json()
  const { file, pauseMs } = artifacts.find(({ phase }) => phase === 'during')
  return { pauseMs, value: await (await askInstance(instance, `/dumps/${id}/${file}`)).json() }
}

async function round(kind, scripts) {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  const child = fork(app, [dir, kind, scripts])
  try {
    await once(child, 'message')
    const [instance] = await listInstances(dir)
    await new Promise(resolve => setTimeout(resolve, 600))
    const first = await take(instance, 'frames')
    const second = await take(instance, 'frames')
    const profile = await take(instance, 'cpu-profile')
    const reads = [first, second].flatMap(({ value }) => value.reads)
    return {
      attach: first.value.attachMs,
      again: second.value.attachMs,
      read: median(reads.map(({ pauseMs }) => pauseMs)),
      all: first.pauseMs,
      ratio: first.pauseMs / profile.pauseMs,
      missed: first.value.why,
    }
  } finally {
    child.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const rows = []
for (const scripts of options.scripts.split(','))
  for (const kind of ['loop', 'expression']) {
    const rounds = []
    for (let index = 0; index < Number(options.rounds); index++) rounds.push(await round(kind, scripts))
    const of = name => median(rounds.map(one => one[name]))
    const missed = rounds.filter(one => one.missed !== null).length
    rows.push({
      kind,
      scripts: Number(scripts),
      attach: of('attach'),
      again: of('again'),
      read: of('read'),
      all: of('all'),
      ratio: of('ratio'),
      missed,
    })
  }
if (options.json) console.log(JSON.stringify({ node: process.version, rows }))
else {
  console.log(`Node ${process.version}: milliseconds for which the app stood still`)
  console.table(rows.map(row => ({ ...row, ratio: row.ratio.toFixed(2) })))
}
