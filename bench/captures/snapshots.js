// How long a heap snapshot stops the app, redacted and compressed, beside `v8.writeHeapSnapshot`, which is neither; and by
// the inspector, as autodump takes it where async hooks are on. Each round runs every way in a fresh process. Linux only.
//   node bench/captures/snapshots.js [--heaps 25,100,300] [--rounds 5] [--ways node,lifted,inspector] [--json]
// A page fault costs 0.3 µs on most machines and a hundred times that on some virtual ones, where it is most of a
// snapshot: so faults are counted, and the pause is also printed without them.
import { availableParallelism, freemem, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { median } from '../overhead/figures.js'
import { runApp } from './run-app.js'

const { values: options } = parseArgs({
  options: {
    heaps: { type: 'string', default: '25,100,300' },
    rounds: { type: 'string', default: '5' },
    ways: { type: 'string', default: 'node,lifted,inspector' },
    json: { type: 'boolean', default: false },
  },
})
const ways = options.ways.split(',')
const titles = { node: 'v8.writeHeapSnapshot', lifted: 'autodump', inspector: 'autodump, inspector' }
const MiB = 1024 ** 2
/** What V8's graph takes for each byte of heap. */
const memoryPerHeapByte = 10

async function measure(heap, way) {
  const given = { heap, kind: 'heap-snapshot', way, duration: 200, redact: 'always' }
  const { answer, ending } = await runApp(given)
  if (answer?.longestMs === undefined || answer.bytes === 0)
    throw new Error(`${way} at ${heap} MiB: ${answer?.note ?? ending}`)
  return { ...answer, withoutFaultsMs: answer.longestMs - (answer.faults * answer.faultMicros) / 1000 }
}

const figures = {
  'stopped, s': one => one.longestMs / 1000,
  'CPU of the thread, s': one => one.cpuMs / 1000,
  'page faults, thousands': one => one.faults / 1000,
  'stopped without faults, s': one => one.withoutFaultsMs / 1000,
  'memory, MiB': one => one.extraBytes / MiB,
  'µs a fault': one => one.faultMicros,
}

const results = []
for (const heap of options.heaps.split(',').map(Number)) {
  if (heap * memoryPerHeapByte * MiB > freemem()) {
    console.error(`${heap} MiB left out: it needs ${heap * memoryPerHeapByte} MiB of memory`)
    continue
  }
  const taken = Object.fromEntries(ways.map(way => [way, []]))
  for (let round = 0; round < Number(options.rounds); round++) {
    // Each round in another order, so that what the machine does meanwhile meets all alike.
    for (const [at] of ways.entries()) {
      const way = ways[(at + round) % ways.length]
      const one = await measure(heap, way)
      taken[way].push(one)
      const said = Object.entries(figures).map(([title, of]) => `${title} ${of(one).toFixed(1)}`)
      console.error(`${heap} MiB, round ${round + 1}, ${titles[way]}: ${said.join('; ')}`)
    }
  }
  results.push({ heap, taken })
  if (options.json) continue
  console.log(
    `\n${heap} MiB, Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}`,
  )
  console.log(`| | ${Object.keys(figures).join(' | ')} | engine |`)
  console.log(`| --- |${' --- |'.repeat(Object.keys(figures).length + 1)}`)
  for (const way of ways) {
    const cells = Object.values(figures).map(of => {
      const value = median(taken[way].map(of))
      const plain = taken.node && median(taken.node.map(of))
      return `${value.toFixed(1)}${way === 'node' || !plain ? '' : ` (×${(value / plain).toFixed(2)})`}`
    })
    console.log(`| ${titles[way]} | ${cells.join(' | ')} | ${taken[way][0].note} |`)
  }
}
if (options.json) console.log(JSON.stringify({ node: process.version, results }))
