import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Manifest } from '@autodump/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, manifestsIn, noRules, type RunningServer, startServer } from '../support.js'

const secret = ['kept', 'content', 'of', 'the', 'app'].join('-')
const product = JSON.stringify(
  Array.from({ length: 500 }, (_, id) => ({ id, price: id + 0.5, note: `${secret} ${id}` })),
)

let upstream: Server
let env: { UPSTREAM: string }

beforeAll(async () => {
  upstream = createServer((_, response) => response.setHeader('content-type', 'application/json').end(product))
  await new Promise<void>(resolve => upstream.listen(0, '127.0.0.1', resolve))
  env = { UPSTREAM: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}` }
})
afterAll(() => upstream.close())

const start = () => startServer({ interval: 200, thresholds: noRules }, { fixture: 'holders.mjs', env })

async function repeat(server: RunningServer, path: string, count: number, body?: string) {
  for (let id = 0; id < count; id++) {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${server.base}${path}/${id}`, body ? { method: 'POST', headers, body } : {})
    expect(response.status).toBe(200)
    await response.arrayBuffer()
  }
}

async function capture(server: RunningServer, kind: 'holders' | 'heap-snapshot'): Promise<Manifest> {
  const headers = { 'content-type': 'application/json' }
  const made = await server.admin('/trigger?wait=true', {
    method: 'POST',
    headers,
    body: JSON.stringify({ capture: [kind] }),
  })
  expect(made.status).toBe(201)
  return (await made.json()) as Manifest
}

const ways: { what: string; path: string; count: number; body?: string; said: RegExp }[] = [
  {
    what: 'parsed JSON of an upstream in a Map',
    path: '/products',
    count: 60,
    said: /productCache \(Map, 60 entries, module \S*holders\.mjs, used by [^)]*(rememberProduct|loadProduct)[^)]*\) holds [\d.]+ MiB/,
  },
  {
    what: 'posted bodies in a Map',
    path: '/orders',
    count: 60,
    body: product,
    said: /idempotencyKeys \(Map, 60 entries, module \S*holders\.mjs/,
  },
  {
    what: 'Buffers of fetched files in an array',
    path: '/thumbnails',
    count: 200,
    said: /thumbnails \(Array, 200 entries, module \S*holders\.mjs[^)]*\) holds [\d.]+ MiB .*mostly the bytes of Buffers/,
  },
  {
    what: 'listeners on one emitter',
    path: '/prices',
    count: 300,
    said: /300 listeners of "price" on priceFeed \(module \S*holders\.mjs/,
  },
  {
    what: 'a growing queue in a field of an object',
    path: '/mails',
    count: 100,
    said: /mails\.pending \(Array, 50,000 entries, module \S*holders\.mjs/,
  },
]

describe('who holds the memory is named by the variable:', () => {
  it.each(ways)('$what', async ({ path, count, body, said }) => {
    const server = await start()
    await repeat(server, path, count, body)
    const { summary, artifacts, id } = await capture(server, 'holders')
    expect(summary.text).toMatch(said)
    expect(artifacts).toMatchObject([{ kind: 'holders', file: 'holders.json', state: 'complete' }])
    const stored = await readFile(join(server.dir, id, 'holders.json'), 'utf8')
    expect(JSON.parse(stored).holders[0]).toMatchObject({ entries: expect.any(Number), anchor: { kind: 'module' } })
    expect(stored).not.toContain(secret)
  })
})

it('a heap snapshot tells it too, from one pause, and a second one says what grew', async () => {
  const server = await start()
  await repeat(server, '/products', 60)
  const first = await capture(server, 'heap-snapshot')
  expect(first.artifacts.map(({ kind, file, state }) => [kind, file, state])).toEqual([
    ['heap-snapshot', 'heap.heapsnapshot', 'complete'],
    ['holders', 'holders.json', 'complete'],
  ])
  expect(first.summary.text).toMatch(/productCache \(Map, 60 entries.*\) holds/)
  expect(first.summary.text).not.toMatch(/productCache.* grew by/)

  // A cache that is full: the same sixty again.
  await repeat(server, '/products', 60)
  const full = await capture(server, 'holders')
  expect(full.summary.text).not.toMatch(/productCache[^;]* entries within/)

  await repeat(server, '/mails', 100)
  const last = await capture(server, 'holders')
  expect(last.summary.text).toMatch(
    /mails\.pending \(Array, 50,000 entries.*grew by [\d.]+ MiB and 50,000 entries within/,
  )
  const grown = last.summary.findings.find(({ kind }) => kind === 'grown-classes')
  expect(grown?.text).toMatch(/live memory grew by [\d.]+ MiB within .*\{to, lines\} by [\d.]+ MiB \(\+50,00\d\)/)
})

it('a rule about memory that fires beside a small heap takes it unasked', async () => {
  const server = await start()
  await repeat(server, '/thumbnails', 200)
  const patch = { rss: { enabled: true, min: 0, watermark: 0.001 } }
  const headers = { 'content-type': 'application/merge-patch+json' }
  const patched = await server.admin('/thresholds', { method: 'PATCH', headers, body: JSON.stringify(patch) })
  expect(patched.status).toBe(200)
  const [dump] = await eventually('a dump of rss', async () => {
    const dumps = await manifestsIn(server.dir)
    return dumps.length > 0 && dumps
  })
  expect(dump?.trigger).toMatchObject({ metric: 'rss', rule: 'watermark' })
  expect(dump?.summary.text).toMatch(/thumbnails \(Array, 200 entries/)
})
