import autocannon from 'autocannon'
import { expect, it } from 'vitest'
import { manifestsIn, startServer } from '../support.js'

it('a Fastify server with one register stays silent under steady load', async () => {
  const server = await startServer({ interval: 200 })
  const load = autocannon({ url: `${server.base}/users/1`, connections: 4, duration: 7, overallRate: 100 })
  await server.warm()
  await load
  expect(await manifestsIn(server.dir)).toEqual([])
  const { metrics, capture } = await server.status()
  expect(capture).toBeNull()
  expect(metrics.cpu?.rules.watermark.reason).toMatch(/\d/)
})
