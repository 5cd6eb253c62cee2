/**
 * What large numbers cost: the table of requests with up to 100,000 of them in flight, and the rules with up to 200
 * custom metrics. Both run in one process, alternating, so that their ratios mean something.
 *
 *   npm run build && node bench/sizes/run.js
 */
import { createInFlight } from '../../packages/core/dist/in-flight/in-flight.js'
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
