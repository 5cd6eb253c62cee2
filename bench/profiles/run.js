/**
 * What continuous profiling costs: the pushes and digests of autodump beside autodump without them, and @pyroscope/nodejs
 * beside nothing. All run at once, so that they share whatever else the machine does. Linux.
 *
 *   npm run -s setup && node bench/profiles/run.js [--rounds 3] [--seconds 40] [--every 10000]
 *
 * The figures are medians of the rounds; the first row is what chance alone makes.
 *
 * `every`: milliseconds between two pushes. Below 60,000, the default of both, they cost more than they do in use.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '40' },
    every: { type: 'string', default: '10000' },
  },
})
const every = Number(given.every)
const root = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

const pushed = {}
const receiver = createServer((req, res) => {
  const name = req.url.startsWith('/push') ? 'autodump+push' : '@pyroscope/nodejs'
  pushed[name] = (pushed[name] ?? 0) + 1
  req.resume().on('end', () => res.setHeader('content-type', 'application/json').end('{}'))
}).listen(0, '127.0.0.1')
await once(receiver, 'listening')
const url = `http://127.0.0.1:${receiver.address().port}`

const modes = ['nothing', 'nothing again', 'autodump', 'autodump+push', '@pyroscope/nodejs']

async function start(mode, round) {
  const dir = join(root, mode.replace(/\W/g, '') + round)
  const settings = { mode, url, every, dir, bucket: pathToFileURL(join(root, 'bucket')).href }
  const child = fork(fileURLToPath(new URL('app.js', import.meta.url)), [], {
    env: { ...process.env, BENCH: JSON.stringify(settings) },
  })
  await once(child, 'message')
  return { mode, child }
}

async function measure(child) {
  const answer = once(child, 'message')
  child.send('measure')
  return (await answer)[0]
}

/** CPU and memory of each mode. */
async function measureAll(round) {
  const apps = await Promise.all(modes.map(mode => start(mode, round)))
  // Start-up, compilation and the first push of each are over.
  await pause(every + 8000)
  const before = await Promise.all(apps.map(({ child }) => measure(child)))
  await pause(1000 * Number(given.seconds))
  const after = await Promise.all(apps.map(({ child }) => measure(child)))
  for (const { child } of apps) {
    child.send('stop')
    await once(child, 'exit')
  }
  return Object.fromEntries(
    apps.map(({ mode }, index) => {
      const ms = after[index].at - before[index].at
      return [mode, { cpu: (100 * (after[index].cpu - before[index].cpu)) / ms, memory: after[index].memory }]
    }),
  )
}

const rounds = []
for (let round = 0; round < Number(given.rounds); round++) rounds.push(await measureAll(round))
receiver.close()
receiver.closeAllConnections()

const median = values => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
const cost = (mode, beside) => {
  const more = what => median(rounds.map(figures => figures[mode][what] - figures[beside][what]))
  return { 'CPU, % of a core': more('cpu'), 'memory, MiB': more('memory') }
}
const push = cost('autodump+push', 'autodump')
const peer = cost('@pyroscope/nodejs', 'nothing')
const rounded = row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value.toFixed(2))]))
console.table({
  'nothing, beside nothing': rounded(cost('nothing again', 'nothing')),
  'push and shares, beside autodump without': rounded(push),
  'autodump with both, beside nothing': rounded(cost('autodump+push', 'nothing')),
  '@pyroscope/nodejs, beside nothing': rounded(peer),
  'ratio: push and shares / @pyroscope/nodejs': rounded(
    Object.fromEntries(Object.keys(peer).map(name => [name, push[name] / peer[name]])),
  ),
})
console.log('pushes received:', pushed)
