/**
 * How much of the app thread's busy time is spent in the code of each contender, by Node's own CPU profile of that thread
 * under load. Noise of the machine falls on all of it alike, so this shows what toggle.js cannot: tenths of a percent. It counts
 * time in the contender's functions and in node:diagnostics_channel, which is quiet in the bare app; not what they call
 * in Node, their garbage, other threads, nor the interrupts of a sampling profiler.
 *
 *   npm run build && node bench/overhead/share.js [--seconds 10] [--warmup 8] [--rounds 1] [--workloads hello,json,async]
 *     [--only autodump,…] [--lines 0] [--json]
 *
 * The share is that of `seconds` under load after `warmup` seconds under the same load; medians of the rounds. What a contender
 * does once (it loads code late, begins a profile) falls into the warmup and is shown apart, in milliseconds of its own code.
 * `--lines 10` names the functions that hold most of the share.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { chosen, median } from './figures.js'
import { serve } from './serve.js'
import { workloads } from './workloads.js'

/** Microseconds between two samples of the profile. */
const interval = 500

const ours = /\/packages\/(?:core|fastify)\//
/** Which scripts are a contender's. */
const codeOf = {
  autodump: ours,
  'autodump-everything': ours,
  'under-pressure': /\/@fastify\/under-pressure\//,
  'datadog-pprof': /\/@datadog\/pprof\//,
}

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    warmup: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '1' },
    workloads: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string' },
    lines: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
})
const [seconds, warmup, rounds, lines] = ['seconds', 'warmup', 'rounds', 'lines'].map(name => Number(options[name]))

/** Microseconds on the clock of V8's profiles, which all processes share. */
const now = () => Number(process.hrtime.bigint() / 1000n)

/** The main thread's profile of a server under load, and three moments of it: the contender is on, is warm, and the end of the load. */
async function profile(workload, contender) {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-share-'))
  try {
    const server = await serve(workload, contender, [
      '--cpu-prof',
      `--cpu-prof-interval=${interval}`,
      `--cpu-prof-dir=${dir}`,
    ])
    const on = now()
    await server.ask('on')
    const from = now() + warmup * 1e6
    await autocannon({ url: server.url, connections: 50, duration: warmup + seconds })
    const to = Math.min(now(), from + seconds * 1e6)
    await server.end()
    const profiles = readdirSync(dir).map(name => JSON.parse(readFileSync(join(dir, name), 'utf8')))
    // Worker threads have theirs too, and begin later.
    const [main] = profiles.sort((a, b) => a.startTime - b.startTime)
    if (on < main.startTime || to > main.endTime) throw new Error('the clock of the profile is not that of the system')
    return { ...main, on, from, to }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Microseconds of work after the warmup, those of the contender's code, by function too, and those during the warmup. */
function shareOf({ nodes, samples, timeDeltas, startTime, on, from, to }, code) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const sum = { busy: 0, own: 0, early: 0, functions: new Map() }
  let at = startTime
  samples.forEach((id, index) => {
    at += timeDeltas[index]
    // A sample that comes late tells of a thread that had no CPU meanwhile.
    const took = Math.min(timeDeltas[index], 2 * interval)
    const { functionName, url, lineNumber } = frames.get(id)
    if (at < on || at > to || functionName === '(idle)') return
    const isOwn = code.test(url) || url === 'node:diagnostics_channel'
    if (at < from) {
      if (isOwn) sum.early += took
      return
    }
    sum.busy += took
    if (!isOwn) return
    sum.own += took
    const name = `${functionName || '(anonymous)'} ${basename(url)}:${lineNumber + 1}`
    sum.functions.set(name, (sum.functions.get(name) ?? 0) + took)
  })
  return sum
}

const names = chosen(Object.keys(codeOf), options)
const shares = {}
for (const workload of chosen(Object.keys(workloads), { only: options.workloads })) {
  shares[workload] = {}
  for (const name of names) {
    const sums = []
    for (let round = 0; round < rounds; round++) sums.push(shareOf(await profile(workload, name), codeOf[name]))
    const of = figure => median(sums.map(figure))
    shares[workload][name] = {
      'busy, s': of(({ busy }) => busy / 1e6),
      'own code, %': of(({ busy, own }) => (100 * own) / busy),
      'own code in the warmup, ms': of(({ early }) => early / 1000),
    }
    if (lines > 0) printLines(`${workload}, ${name}`, sums)
  }
}

/** The dearest functions, in percent of the busy time of all rounds. */
function printLines(title, sums) {
  const all = new Map()
  for (const { functions } of sums) for (const [name, took] of functions) all.set(name, (all.get(name) ?? 0) + took)
  const busy = sums.reduce((sum, one) => sum + one.busy, 0)
  const dearest = [...all].sort(([, a], [, b]) => b - a).slice(0, lines)
  console.error(`${title}, percent by function`)
  for (const [name, took] of dearest) console.error(`  ${((100 * took) / busy).toFixed(3)}  ${name}`)
}

if (options.json) console.log(JSON.stringify({ node: process.version, options, shares }))
else
  for (const [workload, rows] of Object.entries(shares)) {
    console.log(`${workload}: Node ${process.version}`)
    console.table(
      Object.fromEntries(
        Object.entries(rows).map(([name, row]) => [
          name,
          Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value.toFixed(2)])),
        ]),
      ),
    )
  }
