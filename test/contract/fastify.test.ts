import type { AddressInfo } from 'node:net'
import autodump from '@autodump/fastify'
import Fastify from 'fastify'
import { describeContract } from './contract.js'

describeContract('Fastify', async options => {
  // After an abort `fetch` opens connections ahead, and Node waits a minute for the first request of each.
  const app = Fastify({ forceCloseConnections: true })
  await app.register(autodump, options)
  app.get('/slow/:id', () => new Promise(() => {}))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return { base: `http://127.0.0.1:${port}/debug/autodump`, close: () => app.close() }
})
