// The service of the playground: it breaks when `demo.js --play` tells it to.
import { setTimeout as pause } from 'node:timers/promises'
import autodump from '@autodump/fastify'
import Fastify from 'fastify'
import { faults } from './faults.js'

const app = Fastify({ logger: { level: 'warn' } })
await app.register(autodump, JSON.parse(process.env.AUTODUMP_OPTIONS))

app.get('/', async () => ({ hello: 'world' }))
app.get('/orders/:id', async ({ params }) => (await fetch(`${process.env.UPSTREAM}/orders/${params.id}`)).json())

function pushPrices(response) {
  response.write(`data: ${JSON.stringify({ at: Date.now(), prices: Array.from({ length: 50 }, Math.random) })}\n\n`)
}
app.get('/prices', async (_, reply) => {
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
  while (!reply.raw.destroyed) {
    pushPrices(reply.raw)
    await pause(20)
  }
})

const running = new Set()
app.post('/break/:fault', async ({ params }, reply) => {
  const fault = faults.find(({ id }) => id === params.fault)
  if (!fault) return reply.code(404).send({ error: 'there is no such button' })
  if (running.has(fault.id)) return reply.code(409).send({ error: 'this is broken already' })
  running.add(fault.id)
  try {
    await fault.run(`http://127.0.0.1:${app.server.address().port}`)
  } finally {
    running.delete(fault.id)
  }
  return { done: fault.id }
})

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.send({ port: app.server.address().port })
process.once('disconnect', () => process.exit(0))
