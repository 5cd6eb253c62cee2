/**
 * What each contender costs, with less noise than run.js: one server process under steady load, whose app is replaced in
 * turn by one with the contender and one without. Two processes of the same program differ by more than autodump costs;
 * one does from itself less.
 *
 *   npm run build && node bench/overhead/toggle.js [--rounds 12] [--seconds 2] [--workloads hello,json,async]
 *     [--only autodump] [--without under-pressure] [--connections 50] [--json]
 *
 * `bare` against itself shows the noise.
 */
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { contenders, staysOn } from './contenders.js'
import { chosen, median, spread } from './figures.js'
import { serve } from './serve.js'
import { workloads } from './workloads.js'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '2' },
    workloads: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string' },
    connections: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
  },
})
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

/** Off, on, on, off: what drifts evenly falls on both alike. */
const order = ['off', 'on', 'on', 'off']

/** Windows of one contender and of bare, in one process. */
async function measure(workload, contender) {
  const server = await serve(workload, contender)
  const load = autocannon({ url: server.url, connections: Number(options.connections), duration: 3600 }, () => {})
  let times = []
  load.on('response', (_client, _status, _bytes, time) => times.push(time))
  await pause(2000)
  const windows = { on: [], off: [] }
  for (let turn = 0; turn < 4 * Math.ceil(Number(options.rounds) / 2); turn++) {
    const state = order[turn % 4]
    await server.ask(state)
    await pause(500) // The cost of starting is not that of running.
    times = []
    const before = await server.ask('look')
    const began = performance.now()
    await pause(Number(options.seconds) * 1000)
    const after = await server.ask('look')
    const served = after.served - before.served
    windows[state].push({
      perSecond: served / ((performance.now() - began) / 1000),
      cpu: (after.cpu - before.cpu) / served,
      main: (after.main - before.main) / served,
      p99: times.sort((a, b) => a - b)[Math.floor(0.99 * times.length)],
      rss: after.rss,
    })
  }
  load.stop()
  await server.end()
  return windows
}

/** Each window with the contender against the one beside it without: `on` comes after, and before, an `off`. */
const ratios = ({ on, off }, key) => on.map((window, index) => window[key] / off[index][key])

const names = chosen(Object.keys(contenders), options).filter(name => !staysOn.includes(name))
const results = {}
for (const workload of chosen(Object.keys(workloads), { only: options.workloads })) {
  results[workload] = {}
  for (const name of names) {
    if (!options.json) process.stderr.write(`${workload}: ${name}\x1b[K\r`)
    results[workload][name] = await measure(workload, name)
  }
  if (!options.json) show(workload, results[workload])
}
if (options.json) console.log(JSON.stringify({ node: process.version, options, results }))

function show(workload, contended) {
  console.log(`\n${workload}: Node ${process.version}, ${options.rounds} windows of ${options.seconds} s each way`)
  const row = windows => ({
    'requests/s': spread(ratios(windows, 'perSecond')),
    'CPU per request': spread(ratios(windows, 'cpu')),
    'of the app thread': spread(ratios(windows, 'main')),
    'µs CPU, off': median(windows.off.map(({ cpu }) => cpu)).toFixed(1),
    'µs CPU, on': median(windows.on.map(({ cpu }) => cpu)).toFixed(1),
    'p99 off, ms': median(windows.off.map(({ p99 }) => p99)).toFixed(1),
    'p99 on, ms': median(windows.on.map(({ p99 }) => p99)).toFixed(1),
  })
  console.table(Object.fromEntries(Object.entries(contended).map(([name, windows]) => [name, row(windows)])))
}
