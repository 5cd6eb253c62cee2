// One hello-world Fastify app in one variant: node server.js <variant>. Talks to run.js over IPC.
//   bare, bare-again · v8-<ms>: nothing but v8-profiler-next, always on at that rate · inspector-<ms>: nothing but the
//   inspector's console · pprof-<ms>: Datadog's, always on · off, on: autodump without and with its recorder · on-<ms>:
//   with it at that rate
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'

const [name, rate] = process.argv[2].split('-')
const require = createRequire(import.meta.url)
const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
const window = 5000
const app = Fastify()

const variants = {
  bare() {},
  v8() {
    const addon = createRequire(require.resolve('@autodump/core/package.json'))('v8-profiler-next')
    addon.setGenerateType(1)
    addon.setSamplingInterval(Number(rate) * 1000)
    let running = 0
    addon.startProfiling(`w${running}`, true)
    setInterval(() => {
      addon.startProfiling(`w${++running}`, true)
      const profile = addon.stopProfiling(`w${running - 1}`)
      JSON.stringify(profile)
      profile.delete()
    }, window).unref()
  },
  async inspector() {
    const { nodeInspectorEngine } = await import('../../packages/core/dist/app/profilers/node-inspector.js')
    const engine = nodeInspectorEngine()
    let end = engine.start(Number(rate) * 1000)
    setInterval(() => {
      const next = engine.start(Number(rate) * 1000)
      end()
      end = next
    }, window).unref()
  },
  pprof() {
    const { time } = require('@datadog/pprof')
    const options = { intervalMicros: Number(rate) * 1000, durationMillis: window }
    time.start(options)
    setInterval(() => time.stop(true), window).unref()
  },
  off: () => register({ enabled: false }),
  on: () => register({ enabled: true, window, ...(rate && { sampleInterval: Number(rate) * 1000 }) }),
}

// Load at full speed is not a fault here: no rule may fire, since a capture is not overhead but work.
async function register(recorder) {
  const { default: autodump } = await import('@autodump/fastify')
  const metrics = ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles']
  const thresholds = Object.fromEntries(metrics.map(metric => [metric, { spike: null, watermark: null }]))
  const logger = { info() {}, warn: console.error, error: console.error }
  await app.register(autodump, { dir, auth: false, thresholds, logger, recorder })
}

await variants[name]()
app.get('/', async () => ({ hello: 'world' }))
await app.listen({ port: 0, host: '127.0.0.1' })
process.on('message', message => {
  if (message === 'usage') process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() })
  else {
    rmSync(dir, { recursive: true, force: true })
    process.exit(0)
  }
})
process.send({ port: app.server.address().port })
