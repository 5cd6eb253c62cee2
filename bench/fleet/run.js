/**
 * How fast the page over a bucket is, and what its server takes: 100,000 dumps of three services.
 *
 *   npm run -s setup && node bench/fleet/run.js [--dumps 100000] [--list-ms 60] [--get-ms 10]
 *
 * The store is made up while it is asked, so it takes no memory of the server. It answers a thousand keys to a LIST, and
 * each request takes as long as with Ceph on the same machine: 60 ms for such a LIST, 10 ms for a small object.
 *
 * 1. The first page: time, and requests to the store.
 * 2. A search over all, cold and warm; faults, cold and warm; the same after a restart with the cache on disk.
 * 3. Memory of the server in all that: after a collection, and at most.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { invertedTime, servicesPrefix } from '@autodump/core/object-store'
import { openCache, openFleet } from '@autodump/fleet'

const { values: given } = parseArgs({
  options: {
    dumps: { type: 'string', default: '100000' },
    'list-ms': { type: 'string', default: '60' },
    'get-ms': { type: 'string', default: '10' },
    cache: { type: 'string' },
  },
})
const [dumps, listMs, getMs] = [given.dumps, given['list-ms'], given['get-ms']].map(Number)
const services = ['shop', 'cart', 'mail']
const newest = Date.UTC(2026, 10, 30)
const perService = Math.ceil(dumps / services.length)
const step = 20_000

/** The key of the dump of a service that is the n-th from the newest. */
function keyOf(service, n) {
  const at = newest - n * step - services.indexOf(service)
  const id = `${new Date(at).toISOString().replace(/[-:.]/g, '')}-7-cpu-spike`
  const version = `1.${Math.floor((perService - n) / 5000)}.0`
  const fingerprint = (n % 300).toString(16).padStart(12, '0')
  const name = [invertedTime(at), `pod-${n % 40}`, version, 'cpu-spike', fingerprint, id].join('~')
  return `${servicesPrefix('')}${service}/${name}.json`
}

let asked = 0
const store = {
  place: 'a store that is made up',
  async list({ prefix, after, limit = 1000 }) {
    asked++
    await pause(listMs)
    const service = services.find(name => prefix.includes(`/${name}/`))
    if (!service) return { objects: [], isTruncated: false }
    const inverted = after?.slice(prefix.length, prefix.length + 13)
    const from = inverted ? Math.max(0, Math.floor((Number(inverted) - Number(invertedTime(newest))) / step)) : 0
    const objects = []
    for (let n = from; n < perService && objects.length < Math.min(limit, 1000); n++) {
      const key = keyOf(service, n)
      if (!after || key > after) objects.push({ key, size: 700, modifiedAt: newest })
    }
    return { objects, isTruncated: objects.at(-1)?.key !== keyOf(service, perService - 1) }
  },
  async folders() {
    asked++
    await pause(listMs)
    return services
  },
  async get(key) {
    asked++
    await pause(getMs)
    const [, , , , fingerprint] = key.split('~')
    const fault = { fingerprint, title: `work${fingerprint} (src/work.js)` }
    const headline = `CPU at 98%: ${fault.title} takes 81% of it`
    const text = { state: 'complete', fault, headline, summary: `${headline}. `.repeat(4), bytes: 1e6, artifacts: [] }
    return Readable.from([Buffer.from(JSON.stringify(text))])
  },
  close() {},
}

const bucket = { store, prefix: '' }
const rss = () => {
  globalThis.gc?.()
  return process.memoryUsage().rss / 1024 ** 2
}

async function timed(name, handler, path) {
  asked = 0
  const start = performance.now()
  const response = await handler(new Request(`http://localhost${path}`))
  const { total, faults } = await response.json()
  const ms = performance.now() - start
  const found = total ?? faults.length
  console.log(`${name.padEnd(34)} ${ms.toFixed(0).padStart(6)} ms ${String(asked).padStart(5)} requests ${found} found`)
}

/** One server from start to end. */
async function serveOnce(dir) {
  const atRest = rss()
  let peak = atRest
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss / 1024 ** 2)
  }, 50)
  const cache = await openCache({ dir, place: store.place, onProblem: console.error })
  const handler = openFleet(bucket, { cache })
  await timed('first page', handler, '/dumps?limit=8')
  await timed('search, cold', handler, '/dumps?limit=8&q=pod-7+1.3')
  await timed('search, warm', handler, '/dumps?limit=8&q=pod-9+1.2')
  await timed('facets, warm', handler, '/dumps?limit=1&facets=true')
  await timed('faults, cold', handler, '/faults')
  await timed('faults, warm', handler, '/faults')
  const after = rss()
  await cache.close()
  clearInterval(watch)
  console.log(`memory: ${atRest.toFixed(0)} MiB at rest, ${after.toFixed(0)} after all, ${peak.toFixed(0)} at most`)
}

if (given.cache) await serveOnce(given.cache)
else {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  console.log(`${dumps} dumps of ${services.length} services, ${listMs} ms a LIST, ${getMs} ms an object`)
  for (const round of ['without a cache', 'after a restart with the cache']) {
    console.log(`\n${round}`)
    const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--cache', dir], {
      execArgv: ['--expose-gc'],
    })
    await once(child, 'exit')
  }
  rmSync(dir, { recursive: true })
}
