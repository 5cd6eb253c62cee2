import type { DumpPage, Faults, Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { openFleet } from './index.js'
import { type Planted, testBucket } from './testing/bucket.js'

const start = Date.UTC(2026, 10, 29, 3)
const minute = 60_000

async function fleetOf(planted: Planted[]) {
  const made = await testBucket()
  const ids = planted.map(made.plant)
  const problems: string[] = []
  const handler = openFleet(made.bucket, { onProblem: text => problems.push(text) })
  const get = (path: string) => handler(new Request(`http://localhost${path}`))
  const list = async (query = '') => (await (await get(`/dumps${query}`)).json()) as DumpPage
  return { ...made, ids, problems, handler, get, list }
}

/** Dumps of three services, a minute apart. */
const many = (count: number): Planted[] =>
  Array.from({ length: count }, (_, index) => ({
    at: start + index * minute,
    service: ['shop', '@acme/cart', 'mail'][index % 3] as string,
    instance: `pod-${index % 2}`,
    version: index < count / 2 ? '1.0.0' : '1.1.0',
    metric: index % 5 === 0 ? 'heap' : 'cpu',
  }))

describe('the list of a bucket', () => {
  it('has the dumps of all services, newest first, and says which process each is of', async () => {
    const { list, asked } = await fleetOf(many(30))
    const { dumps, total } = await list('?limit=4')
    expect(total).toBe(30)
    expect(dumps.map(({ createdAt }) => Date.parse(createdAt))).toEqual(
      [29, 28, 27, 26].map(index => start + index * minute),
    )
    expect(dumps[0]).toMatchObject({
      from: { service: 'mail', instance: 'pod-1', version: '1.1.0' },
      summary: 'mail is busy',
      state: 'complete',
      metric: 'cpu',
    })
    // One for the names of the services, one for each of them, one for each dump on the page.
    expect(asked).toHaveLength(1 + 3 + 4)
  })

  it('goes on page by page without a repetition, also where dumps come meanwhile', async () => {
    const { list, plant } = await fleetOf(many(30))
    const seen: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 8; pages++) {
      const page = await list(`?limit=4${cursor}`)
      seen.push(...page.dumps.map(({ id }) => id))
      plant({ at: start + (100 + pages) * minute })
      if (page.next === undefined) break
      cursor = `&cursor=${page.next}`
    }
    expect(seen).toHaveLength(30)
    expect(new Set(seen).size).toBe(30)
  })

  it('is searched by service, version, instance, metric and fingerprint, and filtered by metric', async () => {
    const { list } = await fleetOf([...many(30), { at: start, service: 'odd', fingerprint: 'aaaaaaaaaaaa' }])
    const of = async (query: string) => (await list(query)).total
    expect(await of('?q=mail')).toBe(10)
    expect(await of('?q=acme+1.1.0')).toBe(5)
    expect(await of('?q=aaaaaaaaaaaa')).toBe(1)
    expect(await of('?metric=heap')).toBe(6)
    expect(await of('?q=no+such+thing')).toBe(0)
    expect(await of('?pinned=true')).toBe(0)
  })

  it('sees what was uploaded since the last look', async () => {
    const { list, plant, asked } = await fleetOf(many(3))
    await list()
    plant({ at: start + 50 * minute, service: 'new' })
    asked.length = 0
    const { dumps } = await list('?limit=1')
    expect(dumps[0]?.from?.service).toBe('new')
    expect(asked.filter(name => name === 'list')).toHaveLength(4)
  })

  it('shows a dump once that has two keys, and one that nobody completed as partial', async () => {
    const dump = { at: start, state: 'capturing' }
    const { list } = await fleetOf([dump, { ...dump, fingerprint: 'bbbbbbbbbbbb' }])
    const { dumps } = await list()
    expect(dumps.map(({ state }) => state)).toEqual(['partial'])
  })

  it('goes on where foreign objects and broken ones lie, and says so once', async () => {
    const { list, write, problems, get, ids } = await fleetOf(many(3))
    write('v1/index/shop/notes.json', 'hello')
    write('v1/index/readme.txt', 'hello')
    const { dumps } = await list()
    await list()
    expect(dumps).toHaveLength(3)
    expect(problems).toEqual(['the bucket has keys in its index that autodump did not write: they are left out'])
    write(`v1/dumps/shop/pod-0/${ids[0]}/manifest.json`, '{"id": 7}')
    expect((await get(`/dumps/${dumps[2]?.id}`)).status).toBe(500)
    expect((await list()).dumps).toHaveLength(3)
  })

  it('refuses a cursor that it has not given', async () => {
    const { get } = await fleetOf(many(3))
    expect((await get('/dumps?cursor=bm8')).status).toBe(400)
  })
})

describe('a dump of a bucket', () => {
  it('has its manifest and its artifacts, by the id of the list or by its own', async () => {
    const { get, list, ids } = await fleetOf([{ at: start, files: { 'requests.json': '{"total":0}' } }])
    const [dump] = (await list()).dumps
    expect(dump?.id).toMatch(/-7-cpu-spike\.[0-9a-f]{8}$/)
    for (const id of [dump?.id, ids[0]]) {
      const manifest = (await (await get(`/dumps/${id}`)).json()) as Manifest
      expect(manifest.id).toBe(dump?.id)
      const file = await get(`/dumps/${id}/requests.json`)
      expect([file.status, await file.text()]).toEqual([200, '{"total":0}'])
    }
    const archive = await get(`/dumps/${dump?.id}/archive`)
    expect([archive.status, archive.headers.get('content-type')]).toEqual([200, 'application/zip'])
    expect((await archive.arrayBuffer()).byteLength).toBeGreaterThan(200)
  })

  it('needs the whole id where several processes gave the same', async () => {
    const { get, ids, list } = await fleetOf([
      { at: start, instance: 'pod-1' },
      { at: start, instance: 'pod-2' },
    ])
    const refused = await get(`/dumps/${ids[0]}`)
    expect(refused.status).toBe(400)
    const { detail } = (await refused.json()) as { detail: string }
    for (const { id } of (await list()).dumps) {
      expect(detail).toContain(id)
      expect((await get(`/dumps/${id}`)).status).toBe(200)
    }
  })

  it('is not there by another name, and no path of a request reaches the store', async () => {
    const { get, asked } = await fleetOf([{ at: start, files: { 'requests.json': '{}' } }])
    for (const path of ['..%2F..%2Fetc', 'manifest.json', '20261129T030000000Z-7-cpu-spike.00000000', 'x'])
      expect((await get(`/dumps/${path}`)).status, path).toBe(404)
    asked.length = 0
    expect((await get('/dumps/20261129T030000000Z-7-cpu-spike/..%2Fmanifest.json')).status).toBe(404)
    expect(asked).not.toContain('get')
  })

  it('is only read: nothing is removed or pinned from here', async () => {
    const { handler, list } = await fleetOf(many(1))
    const [dump] = (await list()).dumps
    const of = (method: string, path: string) => handler(new Request(`http://localhost${path}`, { method }))
    expect((await of('DELETE', `/dumps/${dump?.id}`)).status).toBe(409)
    expect((await of('PUT', `/dumps/${dump?.id}/pin`)).status).toBe(409)
    expect((await of('POST', '/trigger')).status).toBe(503)
    expect((await list()).total).toBe(1)
  })
})

describe('the faults of a bucket', () => {
  const [a, b] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb']
  const planted: Planted[] = [
    { at: start, fingerprint: a, version: '1.0.0' },
    { at: start + minute, fingerprint: a, version: '1.0.0', instance: 'pod-2' },
    { at: start + 2 * minute, fingerprint: b, version: '1.1.0' },
  ]
  const faultsIn = async (get: (path: string) => Promise<Response> | Response, query = '') =>
    (await (await get(`/faults${query}`)).json()) as Faults

  it('are one row each, with what is new in a version, of a time if that is asked for', async () => {
    const { get } = await fleetOf(planted)
    const { faults, writable } = await faultsIn(get)
    expect(
      faults.map(({ fingerprint, count, instances, newSince }) => [fingerprint, count, instances, newSince]),
    ).toEqual([
      [b, 1, 1, '1.1.0'],
      [a, 2, 2, undefined],
    ])
    expect(writable).toBe(false)
    const later = await faultsIn(get, `?since=${start + minute}`)
    expect(later.faults.map(({ count }) => count)).toEqual([1, 1])
    const dumps = (await (await get(`/dumps?fault=${a}&origin=pod-2`)).json()) as DumpPage
    expect(dumps.total).toBe(1)
  })

  it('are ignored, resolved and noted only where that is allowed, for every server over the bucket', async () => {
    const { get, handler, bucket, plant, write } = await fleetOf(planted)
    const mark = (on: typeof handler, fingerprint: string, patch: object) =>
      on(
        new Request(`http://localhost/faults/${fingerprint}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(patch),
        }),
      )
    expect((await mark(handler, a, { state: 'ignored' })).status).toBe(409)
    const writer = openFleet(bucket, { writable: true })
    expect((await mark(writer, a, { state: 'resolved', note: 'fixed by 12' })).status).toBe(200)
    expect((await mark(writer, b, { state: 'ignored' })).status).toBe(200)
    expect((await mark(writer, 'cccccccccccc', { state: 'ignored' })).status).toBe(404)
    expect((await mark(writer, 'x.y', { state: 'ignored' })).status).toBe(404)
    const states = async () =>
      (await faultsIn(get)).faults.map(({ fingerprint, state, note }) => [fingerprint, state, note])
    expect(await states()).toEqual([
      [b, 'ignored', ''],
      [a, 'resolved', 'fixed by 12'],
    ])
    plant({ at: Date.now() + minute, fingerprint: a, version: '1.2.0' })
    expect((await states())[0]).toEqual([a, 'reopened', 'fixed by 12'])
    await mark(writer, b, { note: 'the batch job' })
    write(`v1/faults/${a}.json`, 'hello')
    expect(await states()).toEqual([
      [a, 'open', ''],
      [b, 'ignored', 'the batch job'],
    ])
  })
})

it('a list tells what it can be narrowed by, each facet as if it were not chosen', async () => {
  const { list, asked } = await fleetOf(many(30))
  await list('?limit=1')
  asked.length = 0
  const { facets, total } = await list('?limit=1&facets=true&service=mail')
  expect(total).toBe(10)
  expect(facets?.service).toEqual(['@acme/cart', 'mail', 'shop'].map(value => ({ value, count: 10 })))
  expect(facets?.metric).toEqual([
    { value: 'cpu', count: 8 },
    { value: 'heap', count: 2 },
  ])
  expect(await list('?version=1.1.0&service=mail')).toMatchObject({ total: 5 })
})
