// One Fastify app in one variant: node server.js <app> <variant>. Talks to run.js over IPC.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'

const [appName, variant] = process.argv.slice(2)
const app = Fastify()
const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))

const variants = {
  bare: async () => {},
  // Load at full speed is not a fault here: no rule may fire, since a capture is not overhead but work.
  autodump: async () => {
    const { default: autodump } = await import('@autodump/fastify')
    const off = { spike: null, watermark: null, leak: null }
    const names = ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles']
    const thresholds = Object.fromEntries(names.map(name => [name, off]))
    const quiet = { info() {}, warn: console.error, error: console.error }
    await app.register(autodump, { dir, auth: false, thresholds, logger: quiet })
  },
  'under-pressure': async () => {
    const { default: underPressure } = await import('@fastify/under-pressure')
    // Limits that are never reached: it samples and checks each request, as it does in earnest.
    await app.register(underPressure, { maxEventLoopDelay: 1e9, maxHeapUsedBytes: 1e12, maxRssBytes: 1e12 })
  },
}

const apps = {
  hello: () => app.get('/', async () => ({ hello: 'world' })),
  json: () => {
    const rows = Array.from({ length: 100 }, (_, id) => ({
      id,
      name: `item ${id}`,
      tags: ['a', 'b', 'c'],
      price: id / 3,
    }))
    const text = JSON.stringify(rows)
    app.get('/', async () => ({ total: JSON.parse(text).reduce((sum, { price }) => sum + price, 0), rows }))
  },
}

await variants[variant]()
apps[appName]()
await app.listen({ port: 0, host: '127.0.0.1' })
process.on('message', message => {
  if (message === 'cpu') process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() })
  else {
    rmSync(dir, { recursive: true, force: true })
    process.exit(0)
  }
})
process.send({ port: app.server.address().port })
