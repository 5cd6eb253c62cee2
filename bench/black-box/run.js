// What the black box costs: the app thread's note of the requests in flight, against their number, and the monitor
// thread's write of a sample. `node bench/black-box/run.js`
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInFlight } from '../../packages/core/dist/app/mid-block/in-flight/in-flight.js'
import { createMonitor } from '../../packages/core/dist/index.js'
import { blockForFiles } from '../../packages/core/dist/lib/fs.js'
import { createNotes, createSharedNote } from '../../packages/core/dist/link/shared-note.js'
import { createBox } from '../../packages/core/dist/monitor/black-box/box.js'

const fail = (what, error) => {
  throw new Error(`${what}: ${error}`)
}

/** Median of the microseconds that each call takes. */
function micros(rounds, work) {
  const took = Array.from({ length: rounds }, () => {
    const began = process.hrtime.bigint()
    work()
    return Number(process.hrtime.bigint() - began) / 1000
  })
  return took.sort((a, b) => a - b)[rounds >> 1]
}

async function notes() {
  console.log('\napp thread: one note (µs), how often that is (s), and its share of the time')
  const inFlight = createInFlight({ onError: fail })
  inFlight.start()
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address()
  const sockets = 200
  for (let index = 0; index < sockets; index++)
    get({ port, path: `/orders/${index}/items`, agent: false }).on('error', () => {})
  while (inFlight.scan() < sockets) await new Promise(resolve => setTimeout(resolve, 10))
  const report = name => {
    const { note } = createNotes({ shared: createSharedNote(), table: inFlight.table, onError: fail })
    let next = 0
    const took = micros(name > 10_000 ? 15 : 101, () => {
      next = note()
    })
    console.log(
      `${String(name).padStart(8)} ${took.toFixed(0).padStart(8)} ${(next / 1000).toFixed(1).padStart(6)} ${((took / 1000 / next) * 100).toFixed(3).padStart(8)}%`,
    )
  }
  report(sockets)
  let tracked = sockets
  for (const count of [1000, 10_000, 100_000]) {
    for (; tracked < count; tracked++) inFlight.track({ method: 'GET', url: `/orders/${tracked}/items` })
    report(count)
  }
  inFlight.stop()
  server.closeAllConnections()
  server.close()
}

async function samples() {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  const monitor = createMonitor({ dir, interval: 50, auth: false, logger: { info() {}, warn() {}, error() {} } })
  await monitor.start()
  await new Promise(resolve => setTimeout(resolve, 1000))
  const status = monitor.status()
  await monitor.stop()
  blockForFiles() // As the monitor thread does.
  const directory = join(dir, 'run')
  const box = createBox({
    directory,
    info: { oom: null },
    status: () => status,
    readNote: () => null,
    onError: fail.bind(null, 'box'),
  })
  await box.sampled(status.sample)
  const size = () => readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
  const before = size()
  const rounds = 500
  const all = []
  for (let round = 0; round < rounds; round++) {
    const began = process.hrtime.bigint()
    await box.sampled(status.sample)
    all.push(Number(process.hrtime.bigint() - began) / 1000)
  }
  const took = all.sort((a, b) => a - b)[rounds >> 1]
  await box.close()
  console.log(`\nmonitor thread: ${took.toFixed(1)} µs and ${Math.round((size() - before) / rounds)} bytes a sample`)
  rmSync(dir, { recursive: true, force: true })
}

await samples()
await notes()
process.exit(0)
