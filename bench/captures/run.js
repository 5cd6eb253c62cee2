// What a capture costs the app that it is taken of: how long the app stands still, how long the dump takes, memory and
// disk, beside the way plain Node has for it, each in a fresh process with a live heap of small objects. Linux only.
//   node bench/captures/run.js [--heaps 50,200,800] [--kinds cpu-profile,report] [--duration 1000] [--json]
// 50 and 200 MiB take four minutes on two idle cores; 800 MiB takes longer by itself, and 13 GiB of free memory. What does
// not fit is left out, and said.
import { availableParallelism, cpus, freemem, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { captureKinds } from '@autodump/core'
import { hasNodeWay } from './by-node.js'
import { runApp } from './run-app.js'

const { values: options } = parseArgs({
  options: {
    heaps: { type: 'string', default: '50,200,800' },
    kinds: { type: 'string', default: captureKinds.join(',') },
    duration: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  },
})
const heaps = options.heaps.split(',').map(Number)
const kinds = options.kinds.split(',')
for (const kind of kinds)
  if (!captureKinds.includes(kind)) throw new Error(`--kinds must be some of ${captureKinds.join(', ')}, got ${kind}`)
const duration = Number(options.duration)
const MiB = 1024 ** 2
/** Milliseconds after which an app is taken to hang; a snapshot of 800 MiB may take four minutes on a busy machine. */
const longest = 400_000

/** Kinds that read the whole heap, and what the preflight thinks they may take of memory for each byte of it. */
const readsHeap = { 'heap-snapshot': 9, 'async-stacks': 16 }

/** By a rule with the default limits; by hand without a limit on the heap, where there is one; by plain Node. */
function waysOf(kind) {
  return ['rule', ...(readsHeap[kind] ? ['lifted'] : []), ...(hasNodeWay(kind) ? ['node'] : [])]
}

async function measure(heap, kind, way) {
  const needed = heap * MiB * (1 + (way === 'rule' ? 1 : (readsHeap[kind] ?? 1)))
  if (needed > freemem()) {
    const [needs, has] = [needed, freemem()].map(bytes => Math.round(bytes / MiB))
    return { skipped: `left out: it may need ${needs} MiB of memory and the machine has ${has} MiB free` }
  }
  const { answer, ending } = await runApp({ heap, kind, way, duration }, longest)
  return answer ?? { skipped: `died with ${ending}` }
}

const names = { rule: 'by a rule, defaults', lifted: 'by hand, no limit', node: 'plain Node' }
const figures = {
  'longest ms': [({ longestMs }) => longestMs, 0, 5],
  'still ms': [({ stillMs }) => stillMs, 0, 20],
  'wall s': [({ wallMs }) => wallMs / 1000, 1, 0.05],
  'memory MiB': [({ extraBytes }) => extraBytes / MiB, 0, 2],
  'disk MiB': [({ diskBytes }) => diskBytes / MiB, 2, 0],
}
const width = 16

/** With the ratio to plain Node, unless both are so small that it would be one of noise. */
function cell([of, digits, floor], row, plain) {
  const value = of(row)
  const base = plain && of(plain)
  const says = row !== plain && base !== undefined && Math.max(value, base) > floor && base > 0
  return `${value.toFixed(digits)}${says ? ` (x${(value / base).toFixed(2)})` : ''}`
}

function show(kind, way, row, plain) {
  const head = `${kind.padEnd(15)}${names[way].padEnd(21)}`
  if (row.skipped) return console.log(`${head}${row.skipped}`)
  const own = row.ownMs === undefined ? '-' : row.ownMs.toFixed(0)
  const cells = Object.values(figures).map(figure => cell(figure, row, plain).padEnd(width))
  console.log(`${head}${own.padEnd(10)}${cells.join('')}${row.aloneMs.toFixed(0).padEnd(9)}${row.note ?? ''}`)
}

const results = []
if (!options.json)
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model}), captures of ${duration} ms`,
  )
for (const heap of heaps) {
  if (!options.json) {
    console.log(`\nlive heap ${heap} MiB, load average ${loadavg()[0].toFixed(1)}; (x) is against plain Node`)
    const titles = Object.keys(figures).map(title => title.padEnd(width))
    console.log(
      `${'kind'.padEnd(15)}${'way'.padEnd(21)}${'pauseMs'.padEnd(10)}${titles.join('')}${'alone ms'.padEnd(9)}`,
    )
  }
  for (const kind of kinds) {
    const measured = {}
    for (const way of waysOf(kind)) {
      measured[way] = await measure(heap, kind, way)
      results.push({ heap, kind, way, ...measured[way] })
    }
    if (options.json) continue
    const plain = measured.node?.skipped ? undefined : measured.node
    for (const way of waysOf(kind)) show(kind, way, measured[way], plain)
  }
}
if (options.json) console.log(JSON.stringify({ node: process.version, duration, results }))
