// The async-wait profile of a program whose truth is known, on whatever Node runs this: `node test/matrix/async-wait.mjs`.
import assert from 'node:assert/strict'
import { executionAsyncId } from 'node:async_hooks'
import { pbkdf2 } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createMonitor } from '@autodump/core'

const quiet = { info() {}, warn: text => console.error(text), error: text => console.error(text) }
const dir = mkdtempSync(join(tmpdir(), 'autodump-matrix-'))
const thresholds = Object.fromEntries(
  [
    'cpu',
    'rss',
    'heap',
    'eventLoopDelay',
    'eventLoopUtilization',
    'inFlight',
    'gc',
    'handles',
    'requestAge',
    'fds',
    'memory',
    'streams',
  ].map(metric => [metric, { enabled: false }]),
)

const upstream = http.createServer((_request, response) => void setTimeout(() => response.end('1'), 100))
await once(upstream.listen(0, '127.0.0.1'), 'listening')
const database = net.createServer(socket => {
  socket.on('data', () => setTimeout(() => socket.write('row'), 80))
})
await once(database.listen(0, '127.0.0.1'), 'listening')
const upstreamPort = upstream.address().port
const databasePort = database.address().port
// Connected before the capture, as the connections of a pool are.
const connection = net.connect(databasePort, '127.0.0.1')
await once(connection, 'connect')

async function nap() {
  await new Promise(resolve => setTimeout(resolve, 100))
}
async function callPrices() {
  await new Promise((resolve, reject) => {
    http
      .get({ port: upstreamPort, host: '127.0.0.1', path: '/prices?key=hunter2' }, response => {
        response.resume()
        response.on('end', resolve)
      })
      .on('error', reject)
  })
}
async function callInventory() {
  const response = await fetch(`http://127.0.0.1:${upstreamPort}/inventory?key=hunter2`)
  await response.text()
}
async function query() {
  await new Promise(resolve => {
    connection.once('data', resolve)
    connection.write('select')
  })
}
const derive = promisify(pbkdf2)
async function hashPassword() {
  await derive('secret', 'salt', 20_000, 64, 'sha512')
}
const waiters = []
async function lock() {
  await new Promise(resolve => waiters.push(resolve))
}
async function checkout() {
  await lock()
}

let going = true
async function repeat(work) {
  while (going) await work()
}
const isWatched = async () => (await Promise.resolve().then(executionAsyncId)) !== 0
const unwatched = await isWatched()

const monitor = createMonitor({ dir, interval: 100, thresholds, logger: quiet })
try {
  await monitor.start()
  const capture = monitor.trigger({ capture: ['async-wait'], duration: 1500 })
  while (!(await isWatched())) await new Promise(resolve => setTimeout(resolve, 10))
  const loops = [nap, callPrices, callInventory, query, hashPassword].map(repeat)
  const locked = [checkout(), checkout(), checkout()]
  const manifest = await capture
  going = false
  for (const resolve of waiters) resolve()
  await Promise.all([...loops, ...locked])

  assert.equal(manifest.state, 'complete')
  const text = readFileSync(join(dir, manifest.id, 'async-wait.cpuprofile'), 'utf8')
  assert.ok(!text.includes('hunter2'))
  const profile = JSON.parse(text)
  const { watchedMs, stoppedEarly } = profile.autodump
  assert.equal(stoppedEarly, null)

  const byId = new Map(profile.nodes.map(node => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map(child => [child, id])))
  const stacks = profile.samples.slice(0, -1).map((sample, index) => {
    const path = []
    for (let id = sample; id !== undefined; id = parents.get(id)) path.unshift(byId.get(id).callFrame.functionName)
    return { type: path[1], path: path.slice(2), ms: profile.timeDeltas[index + 1] / 1000 }
  })
  /** The stacks of a type that hold all of these functions, from outside in. */
  const time = (type, ...functions) => {
    const found = stacks.filter(
      stack => stack.type.startsWith(type) && functions.every(name => stack.path.includes(name)),
    )
    assert.ok(found.length > 0, `${type} in ${functions} is missing from ${JSON.stringify(stacks)}`)
    return found.reduce((sum, { ms }) => sum + ms, 0)
  }
  const within = (what, ms, least, most) =>
    assert.ok(ms >= least * watchedMs && ms <= most * watchedMs, `${what}: ${ms} ms of ${watchedMs}`)

  // One at a time, and next to nothing else is done.
  within('nap', time('Timeout', 'repeat', 'nap'), 0.3, 1.05)
  within('fetch', time('PROMISE', 'repeat', 'callInventory', 'fetch'), 0.3, 1.05)
  within('query', time(`PROMISE 127.0.0.1:${databasePort}`, 'repeat', 'query'), 0.3, 1.05)
  within('pbkdf2', time('PBKDF2REQUEST', 'repeat', 'hashPassword'), 0.1, 1.05)
  // Three at once, until the end.
  within('lock', time('PROMISE', 'checkout', 'lock'), 0.9, 3.05)
  // Only later versions say where a request of node:http is made; the others have the promise around it.
  within(
    'http',
    stacks.some(({ type }) => type.startsWith('http.'))
      ? time('http.ClientRequest 127.0.0.1:', 'repeat', 'callPrices')
      : time('PROMISE', 'repeat', 'callPrices'),
    0.3,
    1.05,
  )
  assert.equal(
    stacks.filter(({ path }) => path.includes('nap')).some(({ type }) => type !== 'Timeout'),
    false,
  )

  assert.equal(await isWatched(), unwatched)
  assert.deepEqual(monitor.status().errors, [])
} finally {
  await monitor.stop()
  connection.destroy()
  upstream.close()
  upstream.closeAllConnections()
  database.close()
  rmSync(dir, { recursive: true, force: true })
}
console.log(`async-wait: as it should be on ${process.version}`)
