import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdminHandler, createMonitor, createNodeListener } from '@autodump/core'
import { describeContract } from './contract.js'

describeContract('node:http', async options => {
  const monitor = createMonitor(options)
  await monitor.start()
  const admin = createNodeListener(createAdminHandler(monitor, options))
  // Everything but the admin routes is `/slow`: never answered.
  const server = createServer((req, res) => admin(req, res, () => {})).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}/debug/autodump`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      await monitor.stop()
      server.closeAllConnections()
      await closed
    },
  }
})
