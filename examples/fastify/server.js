// A small shop that goes wrong on purpose. `node server.js` runs it alone; `demo.js` drives load at it and plays the
// upstream that /stall waits for.
import { pathToFileURL } from 'node:url'
import autodump from '@autodump/fastify'
import Fastify from 'fastify'

function burnCpu(ms) {
  const end = performance.now() + ms
  let sum = 0
  while (performance.now() < end) for (let i = 0; i < 1e5; i++) sum += Math.sqrt(i)
  return sum
}

function blockTheLoop(ms) {
  const end = Date.now() + ms
  let matches = 0
  while (Date.now() < end) if (/(a+)+$/.test('aaaaaaaaaaaaaaaaaaa!')) matches++
  return matches
}

const sessions = new Map()

function rememberSession() {
  const items = Array.from({ length: 10_000 }, (_, i) => ({ item: i, note: `item ${i} of ${sessions.size}` }))
  sessions.set(sessions.size, items)
  return sessions.size
}

export async function buildServer(options = {}) {
  const app = Fastify({ logger: { level: process.env.LOG_LEVEL ?? 'info' } })

  await app.register(autodump, {
    ...(process.env.AUTODUMP_DIR && { dir: process.env.AUTODUMP_DIR }),
    ...(process.env.AUTODUMP_TOKEN && { auth: { token: process.env.AUTODUMP_TOKEN } }),
    ...options,
  })

  app.get('/', async () => ({ hello: 'world' }))
  // CPU: many requests that each compute for a while.
  app.get('/burn', async () => ({ sum: burnCpu(60) }))
  // Event loop: one request that does not let go.
  app.get('/block', async ({ query }) => ({ matches: blockTheLoop(Number(query.ms ?? 5000)) }))
  // Memory: what a request leaves behind.
  app.get('/leak', async () => ({ sessions: rememberSession() }))
  // In flight: requests that wait for an upstream that never answers.
  app.get('/stall/:order', async ({ params }) => {
    const response = await fetch(`${process.env.UPSTREAM}/orders/${params.order}`)
    return response.json()
  })
  return app
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const app = await buildServer(process.env.AUTODUMP_OPTIONS ? JSON.parse(process.env.AUTODUMP_OPTIONS) : {})
  await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
  process.send?.({ port: app.server.address().port })
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      app.server.closeAllConnections()
      await app.close()
      process.exit(0)
    })
  }
}
