/**
 * How fast the page over a bucket is, and what its server takes: 100,000 dumps of three services.
 *
 *   npm run -s setup && node bench/fleet/run.js [--dumps 100000] [--list-ms 60] [--get-ms 10] [--against ../other]
 *
 * The server is `autodump serve --bucket s3://…`, a process of its own. The store is in this one, and made up while it
 * is asked. It answers a thousand keys to a LIST, and each request takes as long as with Ceph on the same machine: 60 ms
 * for such a LIST, 10 ms for a small object.
 *
 * 1. The first page: time, and requests to the store.
 * 2. A search over all, cold and warm; faults, cold and warm; the same after a restart with the cache on disk.
 * 3. A replay of other thresholds over the newest 200 and 1,000 dumps, cold and warm.
 * 4. Ten minutes later, when the server reads all keys anew beside those that it has.
 * 5. Memory of the server in each of these: the most that the kernel counted (VmHWM, Linux only).
 *
 * `--against` measures the server of another checkout, set up, in the same run, turn by turn.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { madeUpStore } from './made-up-store.js'
import { storeServer } from './store-server.js'

const { values: given } = parseArgs({
  options: {
    dumps: { type: 'string', default: '100000' },
    'list-ms': { type: 'string', default: '60' },
    'get-ms': { type: 'string', default: '10' },
    against: { type: 'string' },
  },
})
const [dumps, listMs, getMs] = [given.dumps, given['list-ms'], given['get-ms']].map(Number)
const services = ['shop', 'cart', 'mail']
const { store, taken } = madeUpStore({ services, dumps, listMs, getMs, newest: Date.UTC(2026, 10, 30) })
const { bucket, endpoint, close } = await storeServer(store)

/** Ten minutes pass for the server when it gets the signal. */
const clock = `let later = 0; const now = Date.now; Date.now = () => now() + later; process.on('SIGUSR2', () => { later += 660000 })`

async function startServer(checkout, cacheDir) {
  const args = ['--import', `data:text/javascript,${encodeURIComponent(clock)}`]
  args.push(
    join(checkout, 'packages/cli/dist/main.js'),
    'serve',
    '--bucket',
    bucket,
    '--port',
    '0',
    '--cache',
    cacheDir,
  )
  const env = {
    ...process.env,
    ...{ AUTODUMP_BUCKET_ENDPOINT: endpoint, AUTODUMP_TOKEN: 'a-token-of-a-bench' },
    ...{ AUTODUMP_BUCKET_ACCESS_KEY_ID: 'bench', AUTODUMP_BUCKET_SECRET_ACCESS_KEY: 'bench' },
  }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const address = await new Promise((started, failed) => {
    let said = ''
    // It is read to its end: a server must not write to a pipe that nobody holds.
    child.stderr.on('data', piece => {
      said += piece
      const [, address] = /are at (http:\S+)/.exec(said) ?? []
      if (address) started(address)
    })
    child.once('exit', () => failed(new Error(`the server did not start: ${said}`)))
  })
  return { child, address }
}

/** MiB: the most that the process had since this was last asked; `null` where no kernel counts it. */
function peakOf({ pid }) {
  try {
    const [, kib] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
    return Number(kib) / 1024
  } catch {
    return null
  }
}

/** Milliseconds of CPU time since the start, of all threads; on Linux. A shared machine stretches the time that passes. */
function cpuOf({ pid }) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}

async function timed({ child, address }, name, path, body) {
  taken()
  const start = performance.now()
  const before = cpuOf(child)
  const headers = { authorization: 'Bearer a-token-of-a-bench' }
  const sent = body && {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(new URL(path, address), sent ?? { headers })
  const { total, faults, dumps, ...rest } = await response.json()
  const ms = performance.now() - start
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${JSON.stringify(rest)}`)
  return told(name, {
    ms,
    cpu: cpuOf(child) - before,
    requests: taken(),
    peak: peakOf(child),
    found: total ?? (faults ?? dumps).length,
  })
}

function told(name, { ms, cpu, requests, peak, found }) {
  const memory = peak === null ? '' : ` ${peak.toFixed(0).padStart(4)} MiB at most`
  const times = `${ms.toFixed(0).padStart(6)} ms ${cpu.toFixed(0).padStart(6)} ms of CPU`
  const columns = [times, `${String(requests).padStart(5)} requests${memory}`]
  console.log(`${name.padEnd(34)} ${columns.join(' ')}${found === undefined ? '' : ` ${found} found`}`)
  return { name, cpu, peak: peak ?? 0 }
}

/** All keys are read anew beside the answers, so its end is when the store is asked for nothing any more. */
async function tenMinutesLater(server) {
  server.child.kill('SIGUSR2')
  await pause(100)
  const first = await timed(server, 'search, ten minutes later', 'dumps?limit=8&q=pod-9+1.2')
  const start = performance.now()
  const before = cpuOf(server.child)
  let requests = 0
  for (let asked = 1; asked > 0; requests += asked) {
    await pause(1000)
    asked = taken()
  }
  const [ms, cpu] = [performance.now() - start, cpuOf(server.child) - before]
  return [first, told('… all keys read anew', { ms, cpu, requests, peak: peakOf(server.child) })]
}

/** One server from start to end. */
async function serveOnce(checkout, cacheDir) {
  const server = await startServer(checkout, cacheDir)
  const results = []
  const step = async (...args) => results.push(await timed(server, ...args))
  try {
    await step('first page', 'dumps?limit=8')
    await step('search, cold', 'dumps?limit=8&q=pod-7+1.3')
    await step('search, warm', 'dumps?limit=8&q=pod-9+1.2')
    await step('facets, warm', 'dumps?limit=1&facets=true')
    await step('faults, cold', 'faults')
    await step('faults, warm', 'faults')
    const thresholds = { cpu: { spike: 50 } }
    for (const dumps of [200, 1000]) {
      await step(`replay of ${dumps} dumps, cold`, 'replay', { thresholds, dumps })
      await step(`replay of ${dumps} dumps, warm`, 'replay', { thresholds: { cpu: { watermark: 60 } }, dumps })
    }
    results.push(...(await tenMinutesLater(server)))
  } finally {
    server.child.kill()
    await once(server.child, 'exit')
  }
  console.log(`${'the most of all'.padEnd(34)} ${Math.max(...results.map(({ peak }) => peak)).toFixed(0)} MiB`)
  return results
}

const here = resolve(import.meta.dirname, '../..')
const checkouts = [here, ...(given.against ? [resolve(given.against)] : [])].map(checkout => ({
  checkout,
  cacheDir: mkdtempSync(join(tmpdir(), 'autodump-bench-')),
}))
console.log(`${dumps} dumps of ${services.length} services, ${listMs} ms a LIST, ${getMs} ms an object`)
for (const round of ['without a cache', 'after a restart with the cache']) {
  const results = []
  for (const { checkout, cacheDir } of checkouts) {
    console.log(`\n${round}${given.against ? `: ${checkout}` : ''}`)
    results.push(await serveOnce(checkout, cacheDir))
  }
  const [own, other] = results
  if (!other) continue
  console.log('\nCPU time and memory, as parts of the other')
  for (const [index, { name, cpu, peak }] of own.entries()) {
    const than = other[index]
    console.log(`${name.padEnd(34)} ${(cpu / than.cpu).toFixed(2)} ${(peak / than.peak).toFixed(2)}`)
  }
}
for (const { cacheDir } of checkouts) rmSync(cacheDir, { recursive: true })
close()
