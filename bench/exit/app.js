// A program that ends in its first moments: `node app.js <sort> <milliseconds> <way>`. bench/exit/run.js compares how.
import { writeSync } from 'node:fs'
import { endings } from './endings.js'

const [sort, delay, way] = process.argv.slice(2)
const ms = Number(delay)
const ending = endings[sort]()
const silent = { info() {}, warn() {}, error: console.error }

// It awaits nothing of what it starts, so that it dies in the middle of it too.
if (way === 'core') {
  const { createMonitor } = await import('@autodump/core')
  void createMonitor({ logger: silent, auth: { token: 'bench' } }).start()
}
if (way === 'fastify') {
  const { default: fastify } = await import('fastify')
  const { default: autodump } = await import('@autodump/fastify')
  const app = fastify()
  void app.register(autodump, { logger: silent, auth: { token: 'bench' } })
  void app.ready()
}

function end() {
  // The clock is the machine's, so that the parent can tell how long the exit takes from here.
  writeSync(3, String(process.hrtime.bigint()))
  ending()
}

// Half of the programs are busy until then, half wait.
if (ms === 0) end()
else if (ms % 2 === 1) {
  for (const until = performance.now() + ms; performance.now() < until; ) JSON.parse(JSON.stringify(process.versions))
  end()
} else setTimeout(end, ms)
