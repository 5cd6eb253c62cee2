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
 * 3. A replay of other thresholds over the newest 200 and 1,000 dumps, cold and warm.
 * 4. Memory of the server in all that: after a collection, and at most.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openCache, openFleet } from '@autodump/fleet'
import { madeUpStore } from './made-up-store.js'

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
const { store, taken } = madeUpStore({ services, dumps, listMs, getMs, newest: Date.UTC(2026, 10, 30) })

const bucket = { store, prefix: '' }
const rss = () => {
  globalThis.gc?.()
  return process.memoryUsage().rss / 1024 ** 2
}

async function timed(name, handler, path, body) {
  taken()
  const start = performance.now()
  const sent = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await handler(new Request(`http://localhost${path}`, sent))
  const { total, faults, dumps, ...rest } = await response.json()
  const ms = performance.now() - start
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${JSON.stringify(rest)}`)
  const found = total ?? (faults ?? dumps).length
  console.log(
    `${name.padEnd(34)} ${ms.toFixed(0).padStart(6)} ms ${String(taken()).padStart(5)} requests ${found} found`,
  )
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
  const thresholds = { cpu: { spike: 50 } }
  for (const dumps of [200, 1000]) {
    await timed(`replay of ${dumps} dumps, cold`, handler, '/replay', { thresholds, dumps })
    await timed(`replay of ${dumps} dumps, warm`, handler, '/replay', { thresholds, dumps })
  }
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
