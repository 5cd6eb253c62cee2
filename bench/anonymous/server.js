// A server with the admin routes, in a process of its own.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createAdminHandler, createMonitor, createNodeListener } from '@autodump/core'

const options = { dir: process.env.BENCH_DIR, auth: { token: 't0ken' }, logger: { info() {}, warn() {}, error() {} } }
const monitor = createMonitor({ ...options, admin: { port: 0 } })
await monitor.start()
const admin = createNodeListener(createAdminHandler(monitor, options))
const server = createServer((req, res) => admin(req, res, () => res.end('hello')))
// What Node itself keeps: a handler that never answers, but to others.
const bare = createServer((req, res) => req.url === '/' && res.end('hello'))
// What any handler takes that refuses: a few headers and a few words.
const headers = Object.fromEntries(
  Array.from({ length: 8 }, (_, index) => [`x-header-${index}`, 'as long as most are']),
)
const refusing = createServer((req, res) => {
  if (req.url === '/') return res.end('hello')
  res.writeHead(401, { ...headers, 'content-type': 'application/problem+json' })
  res.end(JSON.stringify({ type: 'about:blank', title: 'Unauthorized', status: 401 }))
})
await Promise.all([server, bare, refusing].map(one => once(one.listen(0, '127.0.0.1'), 'listening')))
process.send({
  mounted: server.address().port,
  admin: Number(new URL(monitor.status().admin.address).port),
  bare: bare.address().port,
  refusing: refusing.address().port,
})
