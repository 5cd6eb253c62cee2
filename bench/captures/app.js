// One app with a live heap of a given size that is captured once, in one way: node app.js '<json>'. run.js starts it.
import { createHook } from 'node:async_hooks'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getHeapStatistics } from 'node:v8'
import { byAutodump } from './by-autodump.js'
import { byNode } from './by-node.js'
import { costOfFault, watchBeats, watchMemory, watchThread } from './watch.js'

const { heap, kind, way, duration, redact = 'automatic' } = JSON.parse(process.argv[2])
const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))

const MiB = 1024 ** 2
const liveBytes = () => {
  global.gc()
  return getHeapStatistics().used_heap_size
}

/** An order as a shop keeps it: some 30 small objects and strings, and none of them equal to another's. */
const order = id => ({
  id,
  number: `2026-${id}`,
  customer: {
    id: id % 9973,
    name: `Customer ${id % 9973}`,
    mail: `c${id}@example.org`,
    address: { zip: id, city: 'X' },
  },
  lines: Array.from({ length: 4 }, (_, line) => ({ sku: `${id}-${line}`, price: id / 7 + line, count: line + 1 })),
  tags: ['new', `channel-${id % 5}`],
  placed: new Date(id),
  history: new Map([['placed', id]]),
})

const orders = new Map()
function fillHeap() {
  const add = count => {
    for (const last = orders.size + count; orders.size < last; ) orders.set(orders.size, order(orders.size))
  }
  const empty = liveBytes()
  add(5000)
  const perOrder = (liveBytes() - empty) / orders.size
  add(Math.max(0, Math.round((heap * MiB - liveBytes()) / perOrder)))
  return liveBytes()
}

/** What an app does meanwhile: requests that wait in async functions, and one every 10 ms that is answered. */
async function serve() {
  const never = new Promise(() => {})
  const queryStock = async () => await never
  const handleOrder = async id => [orders.get(id), await queryStock()]
  const server = createServer((request, response) => {
    const id = Number(request.url.slice('/orders/'.length))
    if (request.url.startsWith('/orders/')) return void handleOrder(id)
    response.end(JSON.stringify(Array.from({ length: 50 }, (_, at) => orders.get(at))))
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const ask = path => get({ port: server.address().port, path }, response => response.resume()).on('error', () => {})
  for (let id = 0; id < 100; id++) ask(`/orders/${id}`)
  setInterval(() => ask('/'), 10)
}

const capture = way === 'node' ? byNode(kind) : await byAutodump(kind, { dir, lifted: way !== 'rule', redact })
// Where somebody follows promises autodump leaves snapshots to the inspector.
if (way === 'inspector') createHook({ destroy() {} }).enable()
await capture.prepare({ dir, duration })
const live = fillHeap()
await serve()
await sleep(1500)

// What the app does by itself, a collection above all, is no pause of the capture.
const idle = watchBeats()
await sleep(duration)
const alone = await idle.stop()

const faultMicros = costOfFault()
const beats = watchBeats()
const thread = watchThread()
const memory = watchMemory()
const began = performance.now()
const taken = await capture.take({ dir, duration })
const wallMs = taken.wallMs ?? performance.now() - began
const { longestMs, stillMs } = await beats.stop()
const own = thread.stop()
const figures = { longestMs, stillMs, ...own, faultMicros, extraBytes: memory.stop() }
process.send({ live, aloneMs: alone.longestMs, ...figures, ...taken, wallMs }, () => process.exit())
