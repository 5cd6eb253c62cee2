// What it costs to profile all the time: the same app bare and in each variant of server.js.
//   node bench/recorder/run.js [--lives 3] [--rounds 12] [--requests 3000] [--variants off,on,pprof-10,v8-10] [--json]
// All servers live at the same time and take turns in short slices, so that a busy machine troubles neighbours alike;
// then all are replaced, since each process has its own luck with the compilers. Prints requests per second and CPU per
// request as ratios against bare in the same round: median [quartiles] over all rounds.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  options: {
    lives: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '12' },
    requests: { type: 'string', default: '3000' },
    variants: {
      type: 'string',
      default: 'bare-again,off,on,pprof-10,v8-1,v8-10,v8-20,v8-50,v8-100,v8-1000,inspector-20',
    },
    json: { type: 'boolean', default: false },
  },
})
const variants = [...new Set(['bare', ...options.variants.split(',')])]
const script = fileURLToPath(new URL('./server.js', import.meta.url))

async function start(variant) {
  const server = fork(script, [variant], { env: { ...process.env, NODE_ENV: 'production' } })
  const [{ port }] = await once(server, 'message')
  return { server, url: `http://127.0.0.1:${port}/` }
}

async function ask({ server }, message) {
  const answer = once(server, 'message')
  server.send(message)
  return (await answer)[0]
}

const agent = new Agent({ keepAlive: true, maxSockets: 20 })
const request = url =>
  new Promise((resolve, reject) =>
    get(url, { agent }, response => response.resume().on('end', resolve)).on('error', reject),
  )

/** Load generators that report every second are of no use here: a slice takes a quarter of one. */
async function load(url, requests) {
  let left = requests
  const one = async () => {
    while (left-- > 0) await request(url)
  }
  await Promise.all(Array.from({ length: agent.maxSockets }, one))
}

async function slice(target) {
  const before = await ask(target, 'usage')
  const began = performance.now()
  const requests = Number(options.requests)
  await load(target.url, requests)
  const seconds = (performance.now() - began) / 1000
  const after = await ask(target, 'usage')
  const cpu = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system
  return {
    perSecond: requests / seconds,
    cpuPerRequest: cpu / requests,
    rss: after.rss / 1024 ** 2,
  }
}

const rounds = []
for (let life = 0; life < Number(options.lives); life++) {
  const targets = {}
  for (const variant of variants) targets[variant] = await start(variant)
  for (let warmUp = 0; warmUp < 4; warmUp++) for (const variant of variants) await slice(targets[variant])
  for (let round = 0; round < Number(options.rounds); round++) {
    const measured = {}
    // Each round in another order, so that a machine that drifts favours nobody.
    const order = variants.map((_, index) => variants[(index + round) % variants.length])
    for (const variant of order) measured[variant] = await slice(targets[variant])
    rounds.push(measured)
    if (!options.json) process.stderr.write(`life ${life + 1}, round ${round + 1}\r`)
  }
  for (const { server } of Object.values(targets)) {
    server.send('end')
    await once(server, 'exit')
  }
}

const quantile = (list, q) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(q * list.length))]
const median = list => quantile(list, 0.5)
const spread = list =>
  `${median(list).toFixed(3)} [${quantile(list, 0.25).toFixed(3)} to ${quantile(list, 0.75).toFixed(3)}]`

if (options.json) console.log(JSON.stringify(rounds))
else {
  const bare = rounds.map(({ bare }) => bare.perSecond)
  console.log(
    `${Math.round(median(bare))} requests/s bare [${Math.round(Math.min(...bare))} to ${Math.round(Math.max(...bare))}], Node ${process.version}, load average ${loadavg()[0].toFixed(1)}`,
  )
  console.log('variant     requests/s against bare    CPU/request against bare   us CPU/request  RSS MiB')
  for (const variant of variants) {
    const of = key => rounds.map(measured => measured[variant][key])
    const against = key => rounds.map(measured => measured[variant][key] / measured.bare[key])
    console.log(
      variant.padEnd(11),
      spread(against('perSecond')).padEnd(26),
      spread(against('cpuPerRequest')).padEnd(26),
      median(of('cpuPerRequest')).toFixed(1).padEnd(15),
      median(of('rss')).toFixed(0),
    )
  }
}
