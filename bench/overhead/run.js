// What autodump costs: the same app bare, with autodump and with @fastify/under-pressure, in alternating rounds.
//   node bench/overhead/run.js [--rounds 7] [--seconds 4] [--app hello|json] [--json]
// Prints requests per second and CPU per request as ratios against bare in the same round: median [min to max].
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '4' },
    app: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const variants = ['bare', 'autodump', 'under-pressure']
const script = fileURLToPath(new URL('./server.js', import.meta.url))

async function ask(server, message) {
  const answer = once(server, 'message')
  server.send(message)
  return (await answer)[0]
}

async function measure(app, variant) {
  const server = fork(script, [app, variant], { env: { ...process.env, NODE_ENV: 'production' } })
  const [{ port }] = await once(server, 'message')
  const url = `http://127.0.0.1:${port}/`
  await autocannon({ url, connections: 50, duration: 1 }) // Warm-up: compilers, heap.
  const before = await ask(server, 'cpu')
  const result = await autocannon({ url, connections: 50, duration: Number(options.seconds) })
  const after = await ask(server, 'cpu')
  server.send('end')
  await once(server, 'exit')
  const cpu = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system
  return {
    perSecond: result.requests.total / result.duration,
    cpuPerRequest: cpu / result.requests.total,
    p99: result.latency.p99,
    rss: after.rss / 1024 ** 2,
  }
}

const sorted = list => [...list].sort((a, b) => a - b)
const median = list => sorted(list)[Math.floor(list.length / 2)]
const spread = list => `${median(list).toFixed(3)} [${Math.min(...list).toFixed(3)} to ${Math.max(...list).toFixed(3)}]`

const results = {}
for (const app of options.app ? [options.app] : ['hello', 'json']) {
  const rounds = []
  for (let round = 0; round < Number(options.rounds); round++) {
    const measured = {}
    // Each round in another order, so that a machine that drifts favours nobody.
    const order = variants.map((_, index) => variants[(index + round) % variants.length])
    for (const variant of order) measured[variant] = await measure(app, variant)
    rounds.push(measured)
    if (!options.json) process.stderr.write(`${app}: round ${round + 1} of ${options.rounds}\r`)
  }
  results[app] = rounds
  if (options.json) continue
  console.log(
    `\n${app}: ${Math.round(median(rounds.map(({ bare }) => bare.perSecond)))} requests/s bare, Node ${process.version}`,
  )
  console.log(
    'variant          requests/s against bare       CPU/request against bare      us CPU/request  p99 ms  RSS MiB',
  )
  for (const variant of variants) {
    const of = key => rounds.map(measured => measured[variant][key])
    const against = key => rounds.map(measured => measured[variant][key] / measured.bare[key])
    console.log(
      variant.padEnd(16),
      spread(against('perSecond')).padEnd(29),
      spread(against('cpuPerRequest')).padEnd(29),
      median(of('cpuPerRequest')).toFixed(1).padEnd(15),
      String(median(of('p99'))).padEnd(7),
      median(of('rss')).toFixed(0),
    )
  }
}
if (options.json) console.log(JSON.stringify(results))
