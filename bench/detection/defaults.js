/**
 * Single defaults, beside `run.js`: for each, how many faults it catches and how often it cries wolf, beside what
 * was there before it and beside other lines.
 *
 * All series are synthetic, from a seeded generator. Each copies a behaviour that is documented elsewhere (public reports,
 * the kernel's bandwidth control, the kubelet's working set; see `defaults/`), at figures chosen by us. So the table shows what
 * the rules make of such behaviour; how often it occurs in the world it does not show. The judgement is the shipped code.
 *
 *   npm run build && node bench/detection/defaults.js [--runs 6]
 */
import { parseArgs } from 'node:util'
import { cpu } from './defaults/cpu.js'
import { fds } from './defaults/fds.js'
import { dumpsOf } from './defaults/judge.js'
import { memory } from './defaults/memory.js'
import { requestAge } from './defaults/request-age.js'
import { throttling } from './defaults/throttling.js'
import { random } from './loads.js'
import { scoreOf, total } from './score.js'

const { values: args } = parseArgs({ options: { runs: { type: 'string', default: '6' } } })
const runs = Number(args.runs)

/** So many series of a kind, each from a seed of its own. */
const made = make => Array.from({ length: runs }, (_, seed) => make(random(seed + 1)))

/** A dump that blames somebody else is as false as one without a fault. */
function score(contender, { samples, windows, cause }) {
  const dumps = dumpsOf(contender, samples)
  const whom = ({ blamed }) => (contender.blames === true ? blamed : contender.blames)
  const right = dumps.filter(dump => !contender.blames || !cause || whom(dump) === cause)
  const scored = scoreOf(
    right.map(({ index }) => index),
    samples,
    windows,
  )
  return { ...scored, falseAlarms: scored.falseAlarms + dumps.length - right.length }
}

for (const { title, faults, ordinary, contenders } of [cpu, requestAge, memory, fds, throttling]) {
  const series = Object.fromEntries(
    Object.entries({ ...faults, ...ordinary }).map(([name, make]) => [name, made(make)]),
  )
  const scores = Object.fromEntries(
    Object.entries(contenders).map(([name, contender]) => [
      name,
      Object.fromEntries(Object.entries(series).map(([kind, all]) => [kind, all.map(one => score(contender, one))])),
    ]),
  )
  console.log(`${title} (synthetic, ${runs} runs of each series, a sample a second)`)
  console.table(
    Object.fromEntries(
      Object.entries(scores).map(([name, kinds]) => {
        const all = total(Object.values(kinds).flat())
        const row = {
          caught: `${all.caught} of ${all.windows}`,
          'false per 1000': all.perThousand.toFixed(2),
          'median delay, s': all.delay ?? '-',
        }
        return [name, row]
      }),
    ),
  )
  console.table(
    Object.fromEntries(
      Object.keys(series).map(kind => [
        kind,
        Object.fromEntries(
          Object.entries(scores).map(([name, kinds]) => {
            const { caught, windows, falseAlarms } = { ...total(kinds[kind]), falseAlarms: sum(kinds[kind]) }
            return [name, `${windows > 0 ? `${caught} of ${windows}, ` : ''}+${falseAlarms}`]
          }),
        ),
      ]),
    ),
  )
}

function sum(scores) {
  return scores.reduce((all, { falseAlarms }) => all + falseAlarms, 0)
}
