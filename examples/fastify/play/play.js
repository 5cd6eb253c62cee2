// The playground: the service in a process of its own, which is started again when it crashes, and a page with the
// buttons in this one, which answers while the service cannot. `PORT=0 node play/play.js` takes any free ports.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faults } from './faults.js'
import { page } from './page.js'

const port = Number(process.env.PORT ?? 3000)
const dir = process.env.AUTODUMP_DIR ?? mkdtempSync(join(tmpdir(), 'autodump-play-'))
const token = process.env.AUTODUMP_TOKEN ?? randomBytes(12).toString('hex')
const options = { dir, interval: 500, cpuProfile: { duration: 2000 }, auth: { token }, limits: { maxPerHour: 200 } }

const upstream = createServer(() => {}).listen(0, '127.0.0.1')
await once(upstream, 'listening')

let service
let isEnding = false
let servicePort = port === 0 ? 0 : port + 1

async function startService() {
  const server = fileURLToPath(new URL('./server.js', import.meta.url))
  const node = [process.execPath, '--max-old-space-size=384', server]
  // So few descriptors that they run out while somebody watches.
  const [command, ...args] =
    process.platform === 'win32' ? node : ['sh', '-c', 'ulimit -n 1024 2>/dev/null; exec "$@"', 'sh', ...node]
  service = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PORT: String(servicePort),
      UPSTREAM: `http://127.0.0.1:${upstream.address().port}`,
      AUTODUMP_OPTIONS: JSON.stringify(options),
    },
  })
  const [message] = await Promise.race([once(service, 'message'), once(service, 'exit').then(() => [null])])
  if (message === null) throw new Error('the service did not start')
  // The same address after a crash, so that the links stay right.
  servicePort = message.port
  service.once('exit', () => isEnding || startService())
}
await startService()
const base = () => `http://127.0.0.1:${servicePort}`
const dashboard = () => `${base()}/debug/autodump`

/** From the disk, since the service may stand still. */
function dumps() {
  const ids = readdirSync(dir).filter(name => /^\d{8}T/.test(name))
  return ids
    .sort()
    .reverse()
    .slice(0, 30)
    .flatMap(id => {
      try {
        const { summary, createdAt } = JSON.parse(readFileSync(join(dir, id, 'manifest.json'), 'utf8'))
        const age = Math.round((Date.now() - Date.parse(createdAt)) / 1000)
        return { id, headline: summary.headline ?? summary.text, age, url: `${dashboard()}/dumps/${id}` }
      } catch {
        return [] // Retention has just removed it.
      }
    })
}

async function breakIt(id) {
  const fault = faults.find(one => one.id === id)
  if (!fault) return [404, 'there is no such button']
  const answer = fetch(`${base()}/break/${id}`, { method: 'POST' })
  // Most faults last; what a person waits for is the dump and not the end of the fault.
  const soon = await Promise.race([
    answer.then(
      ({ ok, status }) => [ok ? 200 : status, ok ? `${fault.title}: over. ${fault.expect}` : `${fault.title}: refused`],
      () => [200, `${fault.title}: the process has ended, and is started again`],
    ),
    new Promise(resolve => setTimeout(resolve, 500, [202, `${fault.title}: it goes on. ${fault.expect}`])),
  ])
  return soon
}

const buttons = createServer(async (request, response) => {
  const send = (status, type, body) => response.writeHead(status, { 'content-type': type }).end(body)
  const json = (status, body) => send(status, 'application/json', JSON.stringify(body))
  // Only the page itself may see the token and break the service: other pages in the same browser can send requests too,
  // also to a name of their own that leads here.
  const { origin, host } = request.headers
  const isOurs = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host ?? '')
  if (!isOurs || (origin !== undefined && origin !== `http://${host}`)) return json(403, { says: 'from another page' })
  const { pathname } = new URL(request.url, 'http://localhost')
  const [, id] = /^\/break\/([\w-]+)$/.exec(pathname) ?? []
  if (id && request.method === 'POST') {
    const [status, says] = await breakIt(id)
    return json(status, { says })
  }
  if (pathname === '/dumps') return json(200, { dumps: dumps() })
  if (pathname === '/') return send(200, 'text/html; charset=utf-8', page({ dashboard: dashboard(), token }))
  return json(404, { says: 'there is nothing here' })
}).listen(port, '127.0.0.1')
await once(buttons, 'listening')

console.log(`\nThe playground: http://127.0.0.1:${buttons.address().port}`)
console.log(`The dashboard:  ${dashboard()}  (log in with the token ${token})`)
console.log(`The dumps:      ${dir}  (in another terminal: node packages/cli/dist/main.js show latest --dir ${dir})`)
console.log('\nOpen the first address and press a button. Ctrl-C ends it.')

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    isEnding = true
    service.kill('SIGTERM')
    process.exit(0)
  })
