// A server with the admin routes, in a process of its own.
import { createServer } from 'node:http'
import { createAdminHandler, createMonitor, createNodeListener } from '@autodump/core'

const options = { dir: process.env.BENCH_DIR, auth: { token: 't0ken' }, logger: { info() {}, warn() {}, error() {} } }
const monitor = createMonitor({ ...options, admin: { port: 0 } })
await monitor.start()
const admin = createNodeListener(createAdminHandler(monitor, options))
const server = createServer((req, res) => admin(req, res, () => res.end('hello')))
server.listen(0, '127.0.0.1', () => {
  process.send({ mounted: server.address().port, admin: Number(new URL(monitor.status().admin.address).port) })
})
