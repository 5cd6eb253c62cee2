/**
 * How well the spike rule tells an anomaly from noise, beside other detectors, on labelled series of real servers (the
 * Numenta Anomaly Benchmark, MIT, see data/LICENSE) and on noise that is made here and has no anomaly in it.
 *
 *   npm run build && node bench/detection/run.js [--data DIR]
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { autodump, holmes, percentAndThreeSigma, percentOnly, threeSigma } from './detectors.js'
import { noises, random } from './noise.js'

const { values: args } = parseArgs({
  options: { data: { type: 'string', default: join(import.meta.dirname, 'data') } },
})
const shared = { spike: 25, history: 10, cooldown: 12 }
const detectors = {
  autodump,
  holmes,
  'mean + 3 deviations': threeSigma,
  '25% and 3 deviations': percentAndThreeSigma,
  '25% alone': percentOnly,
}

const windows = JSON.parse(readFileSync(join(args.data, 'windows.json'), 'utf8'))
const series = readdirSync(args.data)
  .filter(file => file.endsWith('.csv'))
  .sort()
  .map(file => readSeries(join(args.data, file)))
const samples = series.reduce((sum, { values }) => sum + values.length, 0)
console.log(`${series.length} labelled series, ${samples} samples, ${series.flatMap(s => s.windows).length} windows`)
console.table(
  Object.entries(detectors).map(([name, make]) => {
    const scores = series.map(one => score(make, one))
    const windowCount = sum(scores, s => s.windows)
    return {
      detector: name,
      'windows caught': `${sum(scores, s => s.delays.length)} of ${windowCount}`,
      'by chance': sum(scores, s => s.byChance).toFixed(1),
      'false alarms per 1000': ((1000 * sum(scores, s => s.falseAlarms)) / samples).toFixed(2),
      'median delay (samples)': median(scores.flatMap(s => s.delays)) ?? '-',
      'µs per sample': microsecondsPerSample(make),
    }
  }),
)

const length = 100_000
console.log(`dumps per hour at one sample a second (cooldown 60 s) under steady noise, ${length} samples each; want 0`)
console.table(
  Object.entries(noises).map(([name, noise]) => {
    const next = noise(random(7))
    const values = Array.from({ length }, next)
    const perHour = make =>
      ((3600 * firings(make, values, { min: 20, ...shared, cooldown: 60 }).length) / length).toFixed(1)
    return { noise: name, ...Object.fromEntries(Object.entries(detectors).map(([d, make]) => [d, perHour(make)])) }
  }),
)

function readSeries(path) {
  const rows = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','))
  const name = basename(path, '.csv')
  return { values: rows.map(row => Number(row[1])), times: rows.map(row => row[0]), windows: windows[name] ?? [] }
}

function firings(make, values, settings) {
  const detect = make(settings)
  return values.flatMap((value, index) => (detect(value, index) ? [index] : []))
}

function score(make, { values, times, windows }) {
  const fired = firings(make, values, { min: median(values), ...shared })
  // The times have one format, so they sort as text.
  const within = ([from, to]) => fired.filter(index => times[index] >= from && times[index] <= to)
  const caught = windows
    .map(window => ({ window, first: within(window)[0] }))
    .filter(({ first }) => first !== undefined)
  const delays = caught.map(({ window, first }) => first - times.findIndex(time => time >= window[0]))
  const inside = new Set(windows.flatMap(within))
  const falseAlarms = fired.filter(index => !inside.has(index)).length
  // The windows are hundreds of samples wide, so false alarms strung evenly over the series fall into them as well.
  const outside = times.filter(time => !windows.some(([from, to]) => time >= from && time <= to)).length
  const widths = windows.map(([from, to]) => times.filter(time => time >= from && time <= to).length)
  const byChance = sum(widths, width => 1 - Math.exp((-width * falseAlarms) / outside))
  return { windows: windows.length, delays, falseAlarms, byChance }
}

function microsecondsPerSample(make) {
  const values = series.flatMap(one => one.values)
  firings(make, values, { min: 0, ...shared })
  const start = process.hrtime.bigint()
  firings(make, values, { min: 0, ...shared })
  return (Number(process.hrtime.bigint() - start) / 1000 / values.length).toFixed(2)
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? sorted[middle]
    : sorted.length === 0
      ? undefined
      : (sorted[middle - 1] + sorted[middle]) / 2
}

function sum(items, of) {
  return items.reduce((total, item) => total + of(item), 0)
}
