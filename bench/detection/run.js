/**
 * How well the spike rule tells an anomaly from noise, beside other detectors: on labelled series of real servers (the
 * Numenta Anomaly Benchmark, MIT, see data/LICENSE), on series made here whose truth is known, and on loads with nothing
 * wrong in them.
 *
 *   npm run build && node bench/detection/run.js [--data DIR]
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { detectors } from './detectors/index.js'
import { medianOf } from './detectors/parts.js'
import { loads, random } from './loads.js'
import { firings, readAll, scoreAll, scoreOf, settings, total } from './score.js'
import { faults } from './synthetic.js'

const { values: args } = parseArgs({
  options: { data: { type: 'string', default: join(import.meta.dirname, 'data') } },
})
const series = readAll(args.data)
const each = make => Object.fromEntries(Object.entries(detectors).map(([name, detector]) => [name, make(detector)]))

const count = series.reduce((sum, { values }) => sum + values.length, 0)
console.log(`${series.length} labelled series, ${count} samples of five minutes`)
const scores = each(detector => scoreAll(detector, series))
console.table(
  Object.fromEntries(
    Object.entries(scores).map(([name, score]) => {
      const all = total(score)
      const row = {
        caught: `${all.caught} of ${all.windows}`,
        'by chance': all.byChance.toFixed(1),
        precision: all.precision.toFixed(2),
        'false per 1000': all.perThousand.toFixed(2),
        'of holmes': (all.falseAlarms / total(scores['holmes, fractions']).falseAlarms).toFixed(3),
        'median delay': all.delay ?? '-',
        'µs per sample': microsecondsPerSample(detectors[name]).toFixed(2),
      }
      return [name, row]
    }),
  ),
)
console.log('windows caught and false alarms, series by series')
console.table(
  Object.fromEntries(
    series.map(({ name, windows }, index) => [
      name,
      {
        windows: windows.length,
        ...Object.fromEntries(
          Object.entries(scores).map(([detector, score]) => [
            detector,
            `${score[index].delays.length} +${score[index].falseAlarms}`,
          ]),
        ),
      },
    ]),
  ),
)
const [worst] = series
  .map(({ name }, out) => {
    const without = detector => total(scores[detector].filter((_, index) => index !== out))
    const ours = without('autodump')
    const theirs = without('holmes, fractions')
    return { name, ratio: ours.falseAlarms / theirs.falseAlarms, caught: ours.caught - theirs.caught }
  })
  .sort((a, b) => b.ratio - a.ratio)
console.log(
  `with one series left out, at the worst (${worst.name}): ${worst.ratio.toFixed(3)} of the false alarms of holmes, ${worst.caught >= 0 ? '+' : ''}${worst.caught} windows\n`,
)

const second = { min: 20, spike: 25, history: 10, cooldown: 60, day: 3600 }
const runs = 20
console.log(
  `series of a sample a second with a fault: caught in so many of ${runs} runs, median delay in samples, false alarms a day`,
)
console.table(
  Object.fromEntries(
    Object.entries(faults).map(([name, make]) => {
      const made = Array.from({ length: runs }, (_, seed) => make(random(seed + 1)))
      const row = each(detector => {
        const all = total(
          made.map(({ values, windows }) => scoreOf(firings(detector, values, second), values, windows)),
        )
        return `${all.caught} @${all.delay ?? '-'} +${Math.round(86.4 * all.perThousand)}`
      })
      return [name, row]
    }),
  ),
)

console.log('dumps a day of loads with nothing wrong, a sample a second, cooldown 60 s; want 0')
console.table(
  Object.fromEntries(
    Object.entries(loads).map(([name, load]) => {
      const values = Array.from({ length: 86_400 }, load(random(7)))
      return [name, each(detector => firings(detector, values, second).length)]
    }),
  ),
)

/** CPU time, the least of five rounds: the machine has other work as well. */
function microsecondsPerSample(make) {
  const values = series.flatMap(one => one.values)
  const round = () => {
    const start = process.cpuUsage()
    firings(make, values, { ...settings, min: medianOf(values) })
    const { user, system } = process.cpuUsage(start)
    return (user + system) / values.length
  }
  return Math.min(...Array.from({ length: 5 }, round))
}
