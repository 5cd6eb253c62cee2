// The app of one fault, with autodump as it is by default.
import autodump from '@autodump/fastify'
import Fastify from 'fastify'
import { faults } from './faults.js'

const { route, run } = faults.find(({ name }) => name === process.env.FAULT)
const app = Fastify()
await app.register(autodump, { dir: process.env.DIR, auth: false, notify: { webhook: process.env.WEBHOOK } })
app.get('/ok', async () => ({ ok: true }))
app.get(route, async () => ({ result: (await run()) ?? null }))
await app.listen({ port: 0, host: '127.0.0.1' })
process.send(app.server.address().port)
