/**
 * The engines that can record all the time, side by side: what the first window and each change of windows hold the app
 * up for, what the same work costs with the engine on (its CPU time against off, taken in turns within one process), what
 * stays in memory, and whether the windows name a function that has blocked the loop for 1.2 s.
 *
 *   npm run build && node bench/recorder/engines.js [--functions 20000] [--rounds 12]
 */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Session } from 'node:inspector'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { nodeInspectorEngine } from '../../packages/core/dist/app/profilers/node-inspector.js'
import { nodeV8Engine } from '../../packages/core/dist/app/profilers/node-v8.js'
import { loadV8ProfilerNext } from '../../packages/core/dist/app/profilers/v8-profiler-next.js'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { functions: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '12' } },
})
const sampleInterval = 20_000
const none = { start: () => () => '{"nodes":[],"samples":[]}' }

/** Each `start` returns what ends the window; other than with autodump's engines, the next cannot begin before that. */
const engines = {
  none: () => none,
  'v8-profiler-next': loadV8ProfilerNext,
  'node:v8': () => nodeV8Engine(),
  'node:inspector': () => nodeInspectorEngine(),
  'inspector, restarted': () => restarted(),
  '@datadog/pprof': () => datadog(),
}
const cannotOverlap = new Set(['inspector, restarted', '@datadog/pprof'])

function restarted() {
  const session = new Session()
  session.connect()
  const post = (method, params) => {
    let result
    session.post(method, params, (_, reply) => {
      result = reply
    })
    return result
  }
  post('Profiler.enable')
  post('Profiler.setSamplingInterval', { interval: sampleInterval })
  return {
    start() {
      post('Profiler.start')
      return () => JSON.stringify(post('Profiler.stop').profile)
    },
  }
}

/** Its tree has no samples in the order of time: only how often a function was seen in the window. */
function datadog() {
  const { time } = createRequire(import.meta.url)('@datadog/pprof')
  let goesOn = false
  return {
    start() {
      if (!goesOn) time.start({ intervalMicros: sampleInterval, durationMillis: 5000 })
      goesOn = true
      return () => {
        const { stringTable, function: functions, location, sample } = time.stop(true)
        const nameOf = new Map(functions.map(({ id, name }) => [id, stringTable.strings[name]]))
        const leaf = new Map(location.map(({ id, line }) => [id, nameOf.get(line[0].functionId)]))
        const nodes = sample.map(({ locationId }, id) => ({ id, callFrame: { functionName: leaf.get(locationId[0]) } }))
        return JSON.stringify({ nodes, samples: sample.flatMap(({ value }, id) => Array(Number(value[0])).fill(id)) })
      }
    },
  }
}

const cpu = () => process.cpuUsage().user + process.cpuUsage().system

function exportInvoices(ms) {
  const end = cpu() + ms * 1000
  let sum = 0
  while (cpu() < end) for (let i = 0; i < 1e6; i++) sum += Math.sqrt(i)
  return sum
}

const orders = JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, tags: ['a', 'b'], price: id / 3 })))

async function work(turns) {
  let sum = 0
  for (let turn = 0; turn < turns; turn++) {
    for (const { price, tags } of JSON.parse(orders)) sum += price * tags.length
    if (turn % 20 === 0) await new Promise(resolve => setImmediate(resolve))
  }
  return sum
}

const timed = work => {
  const began = performance.now()
  const value = work()
  return { value, ms: performance.now() - began }
}

async function measure(name) {
  const loaded = Array.from({ length: Number(options.functions) }, (_, i) => new Function('a', `return a + ${i}`))
  for (const one of loaded) one(1)
  await work(3000)
  const before = process.memoryUsage.rss()
  const engine = engines[name]()
  if (!engine) return process.send(null)
  const begin = () => engine.start(sampleInterval)
  const first = timed(begin)
  let end = first.value
  const changes = []
  const change = () => {
    let json
    const { ms } = timed(() => {
      const next = cannotOverlap.has(name) ? null : begin()
      json = end()
      end = next ?? begin()
    })
    changes.push(ms)
    return JSON.parse(json)
  }
  const ratios = []
  for (let round = 0; round < Number(options.rounds); round++) {
    const cost = {}
    for (const on of round % 2 ? [true, false] : [false, true]) {
      if (!on) end()
      const began = cpu()
      await work(1500)
      cost[on] = cpu() - began
      if (on) change()
      else end = begin()
    }
    ratios.push(cost[true] / cost[false])
  }
  for (let window = 0; window < 20; window++) {
    await new Promise(resolve => setTimeout(resolve, 20))
    change()
  }
  const rss = (process.memoryUsage.rss() - before) / 2 ** 20
  change()
  exportInvoices(1200)
  const { nodes, samples } = change()
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]))
  const busy = samples.filter(id => !['(idle)', '(program)'].includes(names.get(id)))
  const named = busy.filter(id => names.get(id) === 'exportInvoices').length / busy.length
  process.send({ first: first.ms, changes, ratios, rss, named, samples: busy.length }, () => process.exit())
}

const median = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]

async function compare() {
  const columns = [
    'first window, ms',
    'change, ms: median, worst',
    'CPU against off',
    'RSS, MiB',
    '1.2 s block: samples, its own',
  ]
  console.log(`Node ${process.version}, ${options.functions} functions, a sample each ${sampleInterval / 1000} ms`)
  console.log(`| engine | ${columns.join(' | ')} |`)
  for (const name of Object.keys(engines)) {
    const child = fork(fileURLToPath(import.meta.url), [name, ...process.argv.slice(2)], { silent: true })
    const answer = await Promise.race([
      once(child, 'message').then(([told]) => told),
      once(child, 'exit').then(() => null),
    ])
    child.kill()
    if (!answer) console.log(`| ${name} | not in this Node.js or not installed |`)
    else {
      const { first, changes, ratios, rss, named, samples } = answer
      const cells = [
        first.toFixed(0),
        `${median(changes).toFixed(1)}, ${Math.max(...changes).toFixed(1)}`,
        median(ratios).toFixed(2),
        rss.toFixed(0),
        `${samples}, ${Math.round(named * 100)}%`,
      ]
      console.log(`| ${[name, ...(name === 'none' ? ['', '', ...cells.slice(2, 4), ''] : cells)].join(' | ')} |`)
    }
  }
}

await (positionals.length > 0 ? measure(positionals[0]) : compare())
