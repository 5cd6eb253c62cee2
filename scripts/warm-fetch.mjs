// For a process that samples itself from its start: the first `fetch` has V8 compile undici's WebAssembly, some 0.3 s of
// CPU on two cores, and the first twenty at once compile what is around it. With a sample every 200 ms that is a dump.
import { once } from 'node:events'
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(409, { 'content-type': 'application/json' }).end('{}'))
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${server.address().port}`
for (let round = 0; round < 30; round++)
  await Promise.all(Array.from({ length: 20 }, () => fetch(url, { method: 'POST', body: '{}' }).then(r => r.json())))
for (let round = 0; round < 20; round++) {
  const abort = new AbortController()
  const { body } = await fetch(url, { signal: abort.signal })
  await body.getReader().read()
  abort.abort()
}
server.close()
server.closeAllConnections()
await import('../packages/core/dist/http/prometheus.js')
