/**
 * Draws the pictures of docs/rules.md by the shipped rules: from labelled series (see data/LICENSE), from the heap of a
 * process that leaks (pictures/record-leak.js), and for the climb from a load made here. The same bytes each time.
 *
 *   npm run build && node bench/detection/pictures.js [--out DIR]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { judge } from '../../packages/core/dist/rules/judge.js'
import { fired, initialState } from '../../packages/core/dist/rules/memory.js'
import { follow } from './detectors/autodump.js'
import { medianOf } from './detectors/parts.js'
import { random } from './loads.js'
import { chart } from './pictures/chart.js'
import { readAll, settings } from './score.js'
import { faults } from './synthetic.js'

const { values: args } = parseArgs({
  options: { out: { type: 'string', default: join(import.meta.dirname, '../../docs/images') } },
})
const colors = { value: '#1f4e79', mean: '#2e8b57', band: '#9fd3b6', line: '#d98200' }
const series = Object.fromEntries(readAll(join(import.meta.dirname, 'data')).map(one => [one.name, one]))

mkdirSync(args.out, { recursive: true })
draw('rules-spike', spikeOf('rds_cpu_utilization_cc0c53', 2960, 3200, 'CPU of a database, in percent'))
draw('rules-spike-usual', spikeOf('ec2_network_in_5abac7', 520, 760, 'bytes received by a server'))
draw('rules-spike-climb', climb())
draw('rules-watermark', watermark())
draw('rules-leak', leak())

function draw(name, picture) {
  writeFileSync(join(args.out, `${name}.svg`), chart(picture))
}

/** A part of a series, with what the spike rule made of it; the rule has seen everything before. */
function spikeOf(name, from, to, title) {
  const { values, windows } = series[name]
  const decide = follow({ ...settings, min: medianOf(values) })
  const decisions = values.map(value => decide(value)).slice(from, to)
  const window = windows.find(([start, end]) => start < to && end >= from)
  return {
    title: `${title}: the spike rule`,
    x: 'sample',
    start: from,
    ...spikeLines(decisions),
    window: window?.map(index => Math.min(Math.max(index - from, 0), to - from - 1)),
  }
}

function spikeLines(decisions) {
  return {
    lines: [
      { name: 'value', color: colors.value, values: decisions.map(({ value }) => value) },
      { name: 'moving mean', color: colors.mean, values: decisions.map(({ mean }) => mean) },
    ],
    band: {
      name: 'no spike up to here',
      color: colors.band,
      low: decisions.map(({ mean }) => mean),
      high: decisions.map(({ rules }) => rules.spike.threshold),
    },
    fired: indexesOf(decisions),
  }
}

function climb() {
  const { values } = faults['growth of 1%'](random(4))
  const decide = follow({ min: 20, spike: 25, history: 10, cooldown: 60 })
  const decisions = values.map(value => decide(value)).slice(540)
  return {
    title: 'A load that grows by 1% a second: the spike rule',
    x: 'second',
    start: 540,
    ...spikeLines(decisions),
  }
}

function watermark() {
  const line = 60
  const decide = follow({ ...settings, min: 0, spike: null, watermark: line })
  const [from, to] = [3330, 3465]
  const values = series.ec2_request_latency_system_failure.values
  const decisions = values.map(value => decide(value)).slice(from, to)
  return {
    title: 'Latency of requests: a watermark of 60',
    x: 'sample',
    start: from,
    lines: [
      { name: 'value', color: colors.value, values: values.slice(from, to) },
      { name: 'watermark', color: colors.line, values: Array.from({ length: to - from }, () => line), style: 'dashed' },
    ],
    fired: indexesOf(decisions),
  }
}

function leak() {
  const [, ...rows] = readFileSync(join(import.meta.dirname, 'pictures/leak.csv'), 'utf8')
    .trim()
    .split('\n')
  const recorded = rows.map(row => row.split(',').map(cell => (cell === '' ? null : Number(cell))))
  const limit = 4 * 1024 ** 3
  const threshold = {
    enabled: true,
    min: 10,
    spike: null,
    watermark: null,
    leak: 4 * 3600_000,
    cooldown: 60_000,
    hold: 1,
    capture: [],
  }
  let state = initialState()
  const decisions = recorded.map(([second, used, live]) => {
    const memory = live === null ? null : { what: 'live heap', bytes: live, room: limit - live, sticky: false }
    const reading = { value: (100 * used) / limit, at: second * 1000, capturing: false, live: memory }
    const judged = judge({ metric: 'heap', unit: 'percent' }, threshold, state, reading, { history: 10, warmup: 10 })
    state = judged.decision.fire ? fired(judged.state, 'leak', reading.at) : judged.state
    return judged.decision
  })
  const mebibytes = bytes => (bytes === null ? null : bytes / 1024 ** 2)
  return {
    title: 'A heap that keeps 1 MB of each second’s work, in MiB: the leak rule',
    x: 'second',
    start: 1,
    lines: [
      { name: 'used heap, MiB', color: colors.value, values: recorded.map(([, used]) => mebibytes(used)) },
      {
        name: 'after collections',
        color: colors.line,
        values: recorded.map(([, , live]) => mebibytes(live)),
        style: 'dots',
      },
    ],
    fired: indexesOf(decisions),
  }
}

function indexesOf(decisions) {
  return decisions.flatMap(({ fire }, index) => (fire === null ? [] : [index]))
}
