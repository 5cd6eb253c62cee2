/**
 * What autodump costs beside others: the same app with each contender in a process of its own, in rounds, each in another
 * order. Ratios are against bare in the same round: median [quartiles].
 *
 *   npm run build && node bench/overhead/run.js [--rounds 7] [--seconds 4] [--workloads hello,json,async]
 *     [--only 'autodump,datadog-pprof'] [--without xprofiler] [--connections 50] [--json]
 *
 * Two processes of the same program differ by some percent: toggle.js has less noise.
 */
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { contenders, isInstalled } from './contenders.js'
import { chosen, median, spread } from './figures.js'
import { serve } from './serve.js'
import { workloads } from './workloads.js'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '4' },
    workloads: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string' },
    connections: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
  },
})
const connections = Number(options.connections)
const others = chosen(Object.keys(contenders), options).filter(name => name !== 'bare')
const names = ['bare', ...others.filter(isInstalled)]
for (const name of others) if (!isInstalled(name)) console.error(`${name} is not installed and left out`)

async function measure(workload, contender) {
  const server = await serve(workload, contender)
  await server.ask('on')
  await autocannon({ url: server.url, connections, duration: 1 }) // Warm-up: compilers, heap.
  const before = await server.ask('look')
  const result = await autocannon({ url: server.url, connections, duration: Number(options.seconds) })
  const after = await server.ask('look')
  await server.end()
  const served = after.served - before.served
  return {
    perSecond: result.requests.total / result.duration,
    cpu: (after.cpu - before.cpu) / served,
    main: (after.main - before.main) / served,
    p99: result.latency.p99,
    rss: after.rss,
  }
}

const results = {}
for (const workload of chosen(Object.keys(workloads), { only: options.workloads })) {
  const rounds = []
  for (let round = 0; round < Number(options.rounds); round++) {
    const measured = {}
    // Each round in another order, so that a machine that drifts favours nobody.
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length]
      measured[name] = await measure(workload, name)
      if (!options.json) process.stderr.write(`${workload}: round ${round + 1} of ${options.rounds}, ${name}\x1b[K\r`)
    }
    rounds.push(measured)
  }
  results[workload] = rounds
  if (!options.json) show(workload, rounds)
}
if (options.json) console.log(JSON.stringify({ node: process.version, options, results }))

function show(workload, rounds) {
  const bare = Math.round(median(rounds.map(round => round.bare.perSecond)))
  console.log(`\n${workload}: ${bare} requests/s bare, Node ${process.version}, ${rounds.length} rounds`)
  const row = name => {
    const against = key => spread(rounds.map(round => round[name][key] / round.bare[key]))
    const of = (key, digits) => median(rounds.map(round => round[name][key])).toFixed(digits)
    return {
      'requests/s': against('perSecond'),
      'CPU per request': against('cpu'),
      'of the app thread': against('main'),
      'µs CPU per request': of('cpu', 1),
      'p99, ms': of('p99', 0),
      'RSS, MiB': of('rss', 0),
    }
  }
  console.table(Object.fromEntries(names.map(name => [name, row(name)])))
}
