// What an async-wait profile costs the app while it is taken: one server process under steady load, where windows with a
// capture and windows without take turns. Prints the app's CPU time per request against that without, and the pauses.
//   node bench/async-wait/run.js [--rounds 8] [--seconds 2] [--connections 50]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

if (process.send) await serve()
else await measure()

/** Each request awaits three functions, the innermost of which waits for a timer of 5 ms. */
async function serve() {
  const { createMonitor } = await import('@autodump/core')
  const { default: Fastify } = await import('fastify')
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  const app = Fastify()
  let served = 0
  const query = () => new Promise(resolve => setTimeout(resolve, 5))
  async function load() {
    await query()
  }
  async function handle() {
    await load()
  }
  app.get('/', async () => {
    await handle()
    served += 1
    return { hello: 'world' }
  })
  const off = { enabled: false }
  const names = ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles']
  const thresholds = Object.fromEntries(names.map(name => [name, off]))
  const quiet = { info() {}, warn: console.error, error: console.error }
  const monitor = createMonitor({ dir, thresholds, logger: quiet, limits: { maxPerHour: 1000 } })
  await monitor.start()
  await app.listen({ port: 0, host: '127.0.0.1' })
  process.on('message', async ({ capture, duration }) => {
    if (duration === undefined) {
      await monitor.stop()
      rmSync(dir, { recursive: true, force: true })
      process.exit(0)
    }
    const before = { cpu: process.cpuUsage(), served }
    let pauseMs = null
    if (capture) {
      const manifest = await monitor.trigger({ capture: ['async-wait'], duration })
      pauseMs = manifest.artifacts[0].pauseMs
    } else await new Promise(resolve => setTimeout(resolve, duration))
    const { user, system } = process.cpuUsage(before.cpu)
    process.send({ served: served - before.served, cpuMs: (user + system) / 1000, pauseMs })
  })
  process.send({ port: app.server.address().port })
}

async function measure() {
  const { default: autocannon } = await import('autocannon')
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '8' },
      seconds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '50' },
    },
  })
  const duration = Number(values.seconds) * 1000
  const server = fork(fileURLToPath(import.meta.url))
  const [{ port }] = await once(server, 'message')
  const load = autocannon({ url: `http://127.0.0.1:${port}`, connections: Number(values.connections), duration: 3600 })
  const ask = async message => {
    server.send(message)
    return (await once(server, 'message'))[0]
  }
  await ask({ capture: true, duration: 1000 })
  await ask({ capture: false, duration: 1000 })
  const rounds = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const without = await ask({ capture: false, duration })
    const during = await ask({ capture: true, duration })
    rounds.push({ without, during, ratio: during.cpuMs / during.served / (without.cpuMs / without.served) })
  }
  server.send({})
  load.stop()
  const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
  const perSecond = kind => Math.round(median(rounds.map(one => one[kind].served)) / Number(values.seconds))
  console.log(`Node ${process.versions.node}, ${rounds.length} rounds of ${values.seconds} s`)
  console.log(`requests per second: ${perSecond('without')} without, ${perSecond('during')} during a capture`)
  console.log(
    `CPU time per request during a capture, against without: ${median(rounds.map(one => one.ratio)).toFixed(2)}`,
  )
  console.log(`pause at its end: ${Math.round(median(rounds.map(one => one.during.pauseMs)))} ms`)
  process.exit(0)
}
