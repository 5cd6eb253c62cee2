/**
 * How much of the app thread's busy time is spent in the code of each contender, by Node's own CPU profile of that thread
 * under load. Noise of the machine falls on all of it alike, so this shows what toggle.js cannot: tenths of a percent. It counts
 * time in the contender's functions and in node:diagnostics_channel, which is quiet in the bare app; not what they call
 * in Node, their garbage, other threads, nor the interrupts of a sampling profiler.
 *
 *   npm run build && node bench/overhead/share.js [--seconds 10] [--workloads hello,json,async] [--only autodump,…] [--json]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { chosen } from './figures.js'
import { serve } from './serve.js'
import { workloads } from './workloads.js'

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
    workloads: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const seconds = Number(options.seconds)

/** The main thread's profile of a server under load, without its start. */
async function profile(workload, contender) {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-share-'))
  try {
    const server = await serve(workload, contender, ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${dir}`])
    await server.ask('on')
    const began = performance.now()
    await autocannon({ url: server.url, connections: 50, duration: seconds + 1 })
    const elapsed = performance.now() - began
    await server.end()
    const profiles = readdirSync(dir).map(name => JSON.parse(readFileSync(join(dir, name), 'utf8')))
    // Worker threads have theirs too, and begin later.
    const [main] = profiles.sort((a, b) => a.startTime - b.startTime)
    return { ...main, from: main.endTime - (elapsed - 1000) * 1000 }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Microseconds of work, and of those the contender's. */
function shareOf({ nodes, samples, timeDeltas, startTime, from }, code) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const sum = { busy: 0, own: 0 }
  let at = startTime
  samples.forEach((id, index) => {
    at += timeDeltas[index]
    const { functionName, url } = frames.get(id)
    if (at < from || functionName === '(idle)') return
    sum.busy += timeDeltas[index]
    if (code.test(url) || url === 'node:diagnostics_channel') sum.own += timeDeltas[index]
  })
  return sum
}

const names = chosen(Object.keys(codeOf), options)
const shares = {}
for (const workload of chosen(Object.keys(workloads), { only: options.workloads })) {
  shares[workload] = {}
  for (const name of names) {
    const { busy, own } = shareOf(await profile(workload, name), codeOf[name])
    shares[workload][name] = { 'busy, s': busy / 1e6, 'own code, %': (100 * own) / busy }
  }
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
