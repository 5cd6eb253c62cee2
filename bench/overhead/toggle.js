// What autodump costs, with less noise than run.js: one server process under steady load, in which the monitor is started
// and stopped in turn. Two processes of the same program differ by more than autodump costs; one does from itself less.
//   node bench/overhead/toggle.js [--rounds 12] [--seconds 2] [--recorder false] [--connections 50]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const script = fileURLToPath(import.meta.url)
if (process.send) await serve(JSON.parse(process.argv[2]))
else await measure()

async function serve(options) {
  const { createMonitor } = await import('@autodump/core')
  const { default: Fastify } = await import('fastify')
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  const app = Fastify()
  let served = 0
  app.get('/', async () => {
    served += 1
    return { hello: 'world' }
  })
  // No rule may fire: a capture is not overhead but work.
  const off = { spike: null, watermark: null, leak: null }
  const names = ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles']
  const thresholds = Object.fromEntries(names.map(name => [name, off]))
  const quiet = { info() {}, warn: console.error, error: console.error }
  const monitor = createMonitor({
    dir,
    auth: false,
    thresholds,
    logger: quiet,
    recorder: { enabled: options.recorder },
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  process.on('message', async message => {
    if (message === 'on') await monitor.start()
    if (message === 'off') await monitor.stop()
    if (message === 'end') {
      rmSync(dir, { recursive: true, force: true })
      process.exit(0)
    }
    process.send({ cpu: process.cpuUsage(), served })
  })
  process.send({ port: app.server.address().port })
}

async function measure() {
  const { default: autocannon } = await import('autocannon')
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '12' },
      seconds: { type: 'string', default: '2' },
      recorder: { type: 'string', default: 'true' },
      connections: { type: 'string', default: '50' },
    },
  })
  const server = fork(script, [JSON.stringify({ recorder: values.recorder === 'true' })], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const [{ port }] = await once(server, 'message')
  const ask = async message => {
    server.send(message)
    return (await once(server, 'message'))[0]
  }
  const window = Number(values.seconds) * 1000
  const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
  const load = autocannon(
    { url: `http://127.0.0.1:${port}/`, connections: Number(values.connections), duration: 3600 },
    () => {},
  )
  await pause(2000)

  const costs = { on: [], off: [] }
  const rates = { on: [], off: [] }
  // off on on off: what drifts evenly falls on both alike.
  const order = ['off', 'on', 'on', 'off']
  for (let turn = 0; turn < 4 * Math.ceil(Number(values.rounds) / 2); turn++) {
    const state = order[turn % 4]
    await ask(state)
    await pause(500) // The cost of starting is not that of running.
    const before = await ask('look')
    await pause(window)
    const after = await ask('look')
    const requests = after.served - before.served
    costs[state].push((after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / requests)
    rates[state].push(requests / (window / 1000))
  }
  load.stop()
  server.send('end')

  const sorted = list => [...list].sort((a, b) => a - b)
  const at = (list, share) => sorted(list)[Math.floor(share * (list.length - 1))]
  const show = (list, digits) =>
    `${at(list, 0.5).toFixed(digits)} [${at(list, 0.25).toFixed(digits)} to ${at(list, 0.75).toFixed(digits)}]`
  console.log(`Node ${process.version}, ${costs.on.length} windows of ${values.seconds} s each; median [quartiles]`)
  for (const state of ['off', 'on'])
    console.log(
      `  ${state.padEnd(4)} ${show(costs[state], 2)} us CPU per request, ${show(rates[state], 0)} requests per second`,
    )
  console.log(
    `  on against off: CPU per request ${(at(costs.on, 0.5) / at(costs.off, 0.5)).toFixed(3)}, requests per second ${(at(rates.on, 0.5) / at(rates.off, 0.5)).toFixed(3)}`,
  )
}
