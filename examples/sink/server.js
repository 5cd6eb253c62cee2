// A server of node:http whose dumps are copied to a folder by the sink beside it.
import { createServer } from 'node:http'
import { createAdminHandler, createMonitor, createNodeListener } from '@autodump/core'

const options = {
  ...(process.env.AUTODUMP_DIR && { dir: process.env.AUTODUMP_DIR }),
  ...(process.env.AUTODUMP_TOKEN && { auth: { token: process.env.AUTODUMP_TOKEN } }),
  sinks: [
    {
      module: new URL('copy-to-folder.js', import.meta.url),
      options: { folder: process.env.COPIES ?? 'copies' },
    },
  ],
}
const monitor = createMonitor(options)
await monitor.start()

const admin = createNodeListener(createAdminHandler(monitor, options))
const server = createServer((req, res) => admin(req, res, () => res.end('hello\n')))
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await monitor.stop()
    server.close()
  })
}
