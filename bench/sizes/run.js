/**
 * What large numbers cost: the table of requests with up to 100,000 of them in flight, the rules with up to 200 custom
 * metrics, and what the app thread does for a sample by itself. All in one process, so that their ratios mean something.
 * What it takes to wake an idle app thread up for that is another matter: see app-thread.js.
 *
 *   npm run build && node bench/sizes/run.js
 */

import { publishCustom } from '../../packages/core/dist/app/metrics/custom.js'
import { createLoopProbe } from '../../packages/core/dist/app/metrics/event-loop.js'
import { createGcProbe } from '../../packages/core/dist/app/metrics/gc.js'
import { publishFillingHeap, publishHeap } from '../../packages/core/dist/app/metrics/memory.js'
import { createInFlight } from '../../packages/core/dist/app/mid-block/in-flight/in-flight.js'
import { beatPeriod } from '../../packages/core/dist/link/beat-period.js'
import { createBlock } from '../../packages/core/dist/link/block.js'
import { defaultThresholds } from '../../packages/core/dist/rules/defaults.js'
import { createMetricStates } from '../../packages/core/dist/rules/metric-states.js'

const median = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]

function time(work) {
  const before = performance.now()
  work()
  return performance.now() - before
}

console.log('requests in flight: milliseconds for a table, and for a scan')
for (const count of [1000, 10_000, 100_000]) {
  const inFlight = createInFlight({ onError: console.error })
  for (let index = 0; index < count; index++) inFlight.track({ method: 'GET', url: `/${index}` })
  const rounds = Array.from({ length: 9 }, () => [time(() => inFlight.table()), time(() => inFlight.scan())])
  const { total, rows } = inFlight.table()
  const [table, scan] = [0, 1].map(which => median(rounds.map(round => round[which])).toFixed(2))
  console.log(`${String(count).padStart(8)}: ${table} and ${scan}; ${rows.length} rows of ${total}`)
}

console.log('metrics: microseconds to judge one sample')
for (const count of [0, 50, 200]) {
  const names = Array.from({ length: count }, (_, index) => `metric${index}`)
  const thresholds = defaultThresholds(names)
  const all = Object.keys(thresholds)
  const states = createMetricStates({ history: 10, warmup: 10, interval: 1000 })
  const samples = Array.from({ length: 2000 }, (_, index) => ({
    at: index * 1000,
    values: Object.fromEntries(all.map(name => [name, 10 + Math.sin(index + name.length)])),
  }))
  const taken = samples.map(sample =>
    time(() => states.judge(thresholds, sample, { capturing: false, collected: false, live: {} })),
  )
  console.log(`${String(all.length).padStart(8)}: ${(median(taken.slice(500)) * 1000).toFixed(0)}`)
}

const interval = 1000
const beats = interval / beatPeriod(interval)
const block = createBlock({ customCount: 200 })
const loop = createLoopProbe(block, beatPeriod(interval))
const gc = createGcProbe(block)
loop.start()
gc.start()

/** Microseconds that one call takes, the median of many rounds. */
function cost(work, calls = 200) {
  const rounds = Array.from({ length: 50 }, () =>
    time(() => {
      for (let call = 0; call < calls; call++) work()
    }),
  )
  return (median(rounds.slice(10)) / calls) * 1000
}

const beat = cost(() => {
  loop.beat('timer')
  loop.look()
  publishFillingHeap(block)
})
const heap = cost(() => publishHeap(block))
const garbage = cost(() => gc.publish())
console.log(`app thread: microseconds of its own work for a sample, a sample a second (${beats} beats)`)
console.log(
  `   beats: ${(beats * beat).toFixed(1)}; heap: ${heap.toFixed(1)}; garbage collection: ${garbage.toFixed(1)}`,
)
for (const count of [0, 10, 200]) {
  const read = () => count
  const custom = cost(() => {
    for (let index = 0; index < count; index++) publishCustom(block, index, read)
  })
  console.log(`${String(count).padStart(8)} custom metrics: ${custom.toFixed(1)}`)
}
for (const count of [0, 10, 1000, 100_000]) {
  const inFlight = createInFlight({ onError: console.error })
  for (let index = 0; index < count; index++) inFlight.track({ method: 'GET', url: `/${index}` })
  const scan = cost(() => inFlight.scan(), count > 1000 ? 1 : 20)
  // In between samples it gets 3 µs in 100 ms: see publisher.ts.
  const between = Math.min((beats - 1) * scan, 0.00003 * interval * 1000)
  console.log(`${String(count).padStart(8)} in flight: ${(scan + between).toFixed(1)}${paced(scan, 1)}`)
}
const timers = []
for (const count of [10, 100, 1000, 10_000]) {
  while (timers.length < count) timers.push(setTimeout(() => {}, 3_600_000))
  const handles = cost(() => process.getActiveResourcesInfo(), 10)
  console.log(`${String(count).padStart(8)} handles: ${handles.toFixed(1)}${paced(handles, 1)}`)
}
for (const timer of timers) clearTimeout(timer)
loop.stop()
gc.stop()

/** What costs more than 0.5% of the time is done less often: see paced.ts. */
function paced(microseconds, times) {
  const most = 0.005 * interval * 1000
  return times * microseconds > most ? `, of which it gets ${most} at most` : ''
}
