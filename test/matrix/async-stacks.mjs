// Async stacks of programs whose truth is known, on whatever Node runs this: `node test/matrix/async-stacks.mjs`.
// Read offline from a heap snapshot, and live by a monitor: from a snapshot, and from promises that are watched.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeHeapSnapshot } from 'node:v8'
import { createMonitor, readAsyncStacks, toCollapsed } from '@autodump/core'

const quiet = { info() {}, warn: text => console.error(text), error: text => console.error(text) }
const dir = mkdtempSync(join(tmpdir(), 'autodump-matrix-'))
const off = { enabled: false }
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
  ].map(one => [one, off]),
)

class Mutex {
  queue = []
  async lock() {
    await new Promise(resolve => this.queue.push(resolve))
  }
}
const mutex = new Mutex()
async function acquire() {
  await mutex.lock()
}
async function checkout() {
  await acquire()
}

async function nap() {
  await new Promise(resolve => setTimeout(resolve, 3_600_000).unref())
}
async function poll() {
  await nap()
}

// It takes connections and says nothing.
const silent = net.createServer(() => {})
await once(silent.listen(0, '127.0.0.1'), 'listening')
const { port } = silent.address()
const abort = new AbortController()
async function callInventory() {
  await fetch(`http://127.0.0.1:${port}/stock?key=hunter2`, { signal: abort.signal })
}

const wakers = []
const wake = () => new Promise(resolve => wakers.push(resolve))
async function left() {
  await wake()
}
async function right() {
  await wake()
}
async function both() {
  await Promise.all([left(), right()])
}
async function* rows() {
  yield 1
  await wake()
}
async function exportRows() {
  for await (const row of rows()) assert.equal(row, 1)
}
async function viaThen() {
  await wake().then(function parse(value) {
    return value
  })
}

const expected = { checkout: 57, poll: 20, callInventory: 9, exportRows: 4, viaThen: 3 }
function begin() {
  const work = { checkout, poll, callInventory, exportRows, viaThen }
  const running = Object.entries(expected).flatMap(([name, count]) => Array.from({ length: count }, work[name]))
  running.push(both(), both())
  for (const one of running) one.catch(() => {})
  return running
}

/** Frames of this file with a name, innermost first. */
const named = ({ frames }) =>
  frames.filter(({ file, function: name }) => file.endsWith('/async-stacks.mjs') && name !== '(anonymous)')
const chain = group => named(group).map(frame => frame.function)
const find = (groups, ...functions) => {
  const found = groups.filter(group => functions.every(name => chain(group).includes(name)))
  assert.ok(found.length > 0, `${functions} is missing from ${JSON.stringify(groups.map(chain))}`)
  return found
}
const count = groups => groups.reduce((sum, group) => sum + group.count, 0)

/** What both a snapshot and the watched promises must know. */
function check({ groups }) {
  for (const [name, waiting] of Object.entries(expected))
    assert.equal(count(find(groups, name)), waiting, `${name} in ${JSON.stringify(groups.map(chain))}`)
  const [lock] = find(groups, 'lock')
  assert.deepEqual(chain(lock).slice(0, 3), ['lock', 'acquire', 'checkout'])
  const [timer] = find(groups, 'nap')
  assert.deepEqual(chain(timer).slice(0, 2), ['nap', 'poll'])
  assert.equal(count(find(groups, 'left', 'both')), 2)
  assert.equal(count(find(groups, 'right', 'both')), 2)
  for (const group of groups) for (const { line } of named(group)) assert.ok(line > 0)
}

function checkSnapshot(stacks) {
  check(stacks)
  assert.deepEqual(find(stacks.groups, 'lock')[0].waitsOn, { type: 'lock', detail: 'Mutex.queue' })
  assert.equal(find(stacks.groups, 'nap')[0].waitsOn?.type, 'timer')
  const [inventory] = find(stacks.groups, 'callInventory')
  assert.equal(inventory.waitsOn?.type, 'http')
  assert.match(inventory.waitsOn.detail, new RegExp(`^GET http://127\\.0\\.0\\.1:${port}/stock( and 8 more)?$`))
  assert.ok(!JSON.stringify(stacks).includes('hunter2'))
  assert.match(toCollapsed(stacks), /checkout \(.*;acquire \(.*;(Mutex\.)?lock \(.* 57$/m)
}

const byHand = { dir, interval: 100, thresholds, logger: quiet }
const stacksOf = ({ id, artifacts }) => {
  assert.deepEqual(
    artifacts.map(({ file, state }) => [file, state]),
    [
      ['async-stacks.json', 'complete'],
      ['async-stacks.collapsed.txt', 'complete'],
    ],
  )
  return JSON.parse(readFileSync(join(dir, id, 'async-stacks.json'), 'utf8'))
}

/** A monitor that a rule has make a dump, since whoever asks by hand gets a snapshot of any heap. */
async function watchPromises() {
  let waiting = 0
  const monitor = createMonitor({
    ...byHand,
    metrics: { waiting: () => waiting },
    thresholds: { ...thresholds, waiting: { watermark: 1, capture: ['async-stacks'] } },
    asyncStacks: { maxHeapBytes: 1 },
    cpuProfile: { duration: 1500 },
  })
  try {
    await monitor.start()
    const dump = once(monitorEvents(monitor), 'dump')
    waiting = 1
    // Begun once the promises are watched: until then these are no more than what is older.
    await new Promise(resolve => setTimeout(resolve, 700))
    const running = begin()
    const [manifest] = await dump
    return { stacks: stacksOf(manifest), running }
  } finally {
    await monitor.stop()
  }
}

/** `once` wants an emitter. */
function monitorEvents(monitor) {
  return { on: monitor.on, off: monitor.off, once: monitor.on, removeListener: monitor.off }
}

try {
  const { stacks: watched, running } = await watchPromises()
  assert.equal(watched.source, 'promise-hooks')

  check(watched)

  const file = join(dir, 'heap.heapsnapshot')
  writeHeapSnapshot(file, { exposeNumericValues: true })
  checkSnapshot(await readAsyncStacks(file))

  const monitor = createMonitor(byHand)
  try {
    await monitor.start()
    const live = stacksOf(await monitor.trigger({ capture: ['async-stacks'], duration: 100 }))
    assert.equal(live.source, 'heap-snapshot')
    assert.ok(live.pauseMs > 0)
    checkSnapshot(live)
    assert.deepEqual(monitor.status().errors, [])
  } finally {
    await monitor.stop()
  }
  assert.equal(running.length, count([...Object.values(expected), 2].map(one => ({ count: one }))))
} finally {
  abort.abort()
  silent.close()
  rmSync(dir, { recursive: true, force: true })
}
console.log(`async stacks: as they should be on ${process.version}`)
process.exit(0)
