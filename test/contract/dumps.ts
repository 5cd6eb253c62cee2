import { createHash } from 'node:crypto'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { ArtifactEntry, Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { plantDump } from '../../packages/core/src/testing/dumps.js'
import { invalidFields, problem, type Start, serveForAll } from './harness.js'

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Ids of dumps that were made hours ago, one a minute, oldest first. */
function idsOf(names: string[]): string[] {
  const from = Date.now() - 10 * 3600_000
  return names.map((name, index) => {
    const time = new Date(from + index * 60_000).toISOString().replace(/[-:.]/g, '')
    return `${time}-7-${name}`
  })
}

export function describeDumps(start: Start): void {
  describe('a dump', () => {
    const api = serveForAll(start, { labels: { service: 'contract' } })

    it('is served as it lies on disk, and removed', async () => {
      const body = { capture: ['cpu-profile', 'requests', 'report'], duration: 100 }
      const manifest = (await (await api.json('POST', '/trigger?wait=true', body)).json()) as Manifest
      const { id } = manifest
      expect(await (await api.call(`/dumps/${id}`)).json()).toEqual(manifest)
      expect(manifest.process).toMatchObject({
        pid: process.pid,
        node: process.version,
        labels: { service: 'contract' },
      })
      expect(manifest.samples.length).toBeGreaterThan(0)
      expect(statSync(join(api.dir, id)).mode & 0o777).toBe(0o700)

      expect(manifest.artifacts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(body.capture))
      for (const { file, kind, bytes, sha256: digest, encoding, state } of manifest.artifacts) {
        expect(state, kind).toBe('complete')
        const stored = join(api.dir, id, encoding === 'gzip' ? `${file}.gz` : file)
        expect(statSync(stored).mode & 0o777).toBe(0o600)
        const response = await api.call(`/dumps/${id}/${file}`)
        expect(response.status).toBe(200)
        expect(response.headers.get('content-type')).toBe('application/json')
        expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${id}-${file}"`)
        const content = Buffer.from(await response.arrayBuffer())
        expect(content.length).toBe(bytes)
        expect(sha256(content)).toBe(digest)
        const etag = response.headers.get('etag') as string
        const again = await api.call(`/dumps/${id}/${file}`, { headers: { 'if-none-match': etag } })
        expect(again.status).toBe(304)
      }
      expect((await api.dumps()).map(dump => dump.id)).toEqual([id])

      const gone = await api.call(`/dumps/${id}`, { method: 'DELETE' })
      expect([gone.status, await gone.text()]).toEqual([204, ''])
      expect(existsSync(join(api.dir, id))).toBe(false)
      await problem(await api.call(`/dumps/${id}`), 404)
      await problem(await api.call(`/dumps/${id}`, { method: 'DELETE' }), 404)
    })

    it('names the requests in flight, without their query strings, and not our own', async () => {
      const { origin } = new URL(api.base)
      const abort = new AbortController()
      const slow = fetch(`${origin}/slow/17?secret=hunter2`, { signal: abort.signal }).catch(() => {})
      let table = ''
      for (let tries = 0; tries < 20 && !table.includes('/slow/17'); tries++) {
        const manifest = await api.dump()
        table = await (await api.call(`/dumps/${manifest.id}/requests.json`)).text()
      }
      abort.abort()
      await slow
      expect(JSON.parse(table)).toMatchObject({
        total: 1,
        groups: [{ method: 'GET', route: '/slow/:id', count: 1 }],
        requests: [{ url: '/slow/17', remoteAddress: expect.stringContaining('127.0.0.1') }],
      })
      expect(table).not.toContain('hunter2')
    })
  })

  describe('the list', () => {
    const names = ['cpu-spike', 'cpu-watermark', 'heap-spike', 'manual', 'cpu-spike', 'queueDepth-watermark', 'manual']
    const ids = idsOf(names)
    const newestFirst = ids.toReversed()
    const api = serveForAll(start, {}, dir => {
      for (const id of ids) plantDump(dir, id)
    })
    const list = async (query: string) =>
      (await (await api.call(query)).json()) as { dumps: { id: string }[]; next?: string }
    const idsIn = (page: { dumps: { id: string }[] }) => page.dumps.map(({ id }) => id)

    it('has the newest first, with what a reader wants to know of each', async () => {
      const page = await list('')
      expect(idsIn(page)).toEqual(newestFirst)
      expect(page.next).toBeUndefined()
      expect(page.dumps.at(-1)).toMatchObject({
        state: 'complete',
        metric: 'cpu',
        rule: 'spike',
        reason: 'a test',
        summary: 'nothing happened',
        artifacts: [],
      })
    })

    it.each([1, 2, 3, 7])('can be read in pages of %i', async limit => {
      const seen: string[] = []
      let cursor = ''
      for (let pages = 0; pages < 10; pages++) {
        const page = await list(`?limit=${limit}${cursor && `&cursor=${cursor}`}`)
        seen.push(...idsIn(page))
        expect(page.dumps.length).toBeLessThanOrEqual(limit)
        if (!page.next) break
        cursor = page.next
      }
      expect(seen).toEqual(newestFirst)
    })

    it('can be filtered by metric and rule, page by page', async () => {
      const of = (...wanted: string[]) => newestFirst.filter(id => wanted.some(name => id.endsWith(`-${name}`)))
      expect(idsIn(await list('?metric=cpu'))).toEqual(of('cpu-spike', 'cpu-watermark'))
      expect(idsIn(await list('?rule=spike'))).toEqual(of('cpu-spike', 'heap-spike'))
      expect(idsIn(await list('?metric=cpu&rule=watermark'))).toEqual(of('cpu-watermark'))
      expect(idsIn(await list('?rule=manual'))).toEqual(of('manual'))
      expect(idsIn(await list('?metric=nothing'))).toEqual([])
      const first = await list('?metric=cpu&limit=2')
      const second = await list(`?metric=cpu&limit=2&cursor=${first.next}`)
      expect([...idsIn(first), ...idsIn(second)]).toEqual(of('cpu-spike', 'cpu-watermark'))
      expect(second.next).toBeUndefined()
    })

    it('goes on from its cursor when that dump is gone', async () => {
      const { next } = await list('?limit=3')
      await api.call(`/dumps/${newestFirst[2]}`, { method: 'DELETE' })
      expect(idsIn(await list(`?cursor=${next}`))).toEqual(newestFirst.slice(3))
    })

    it.each([
      ['?limit=0', ['limit']],
      ['?limit=1001', ['limit']],
      ['?limit=-1', ['limit']],
      ['?limit=1.5', ['limit']],
      ['?limit=many', ['limit']],
      ['?limit=', ['limit']],
      ['?limit=1&limit=2', ['limit']],
      ['?cursor=nonsense', ['cursor']],
      ['?cursor=..%2f..', ['cursor']],
      ['?metric=..%2f', ['metric']],
      ['?rule=never', ['rule']],
      ['?page=2', ['page']],
      ['?limit=0&rule=never&page=2', ['limit', 'page', 'rule']],
    ])('refuses %s with 400 and every parameter that is wrong', async (query, fields) => {
      expect((await invalidFields(await api.call(query))).sort()).toEqual(fields)
    })
  })

  describe('a compressed artifact', () => {
    const [id = ''] = idsOf(['cpu-spike'])
    const content = JSON.stringify({ lines: Array.from({ length: 50_000 }, (_, line) => `line ${line % 100} of many`) })
    const stored = gzipSync(content)
    const entry: ArtifactEntry = {
      file: 'requests.json',
      kind: 'requests',
      phase: 'during',
      bytes: content.length,
      sha256: sha256(content),
      encoding: 'gzip',
      storedBytes: stored.length,
      state: 'complete',
    }
    const api = serveForAll(start, {}, dir => {
      plantDump(dir, id, [entry])
      writeFileSync(join(dir, id, 'requests.json.gz'), stored, { mode: 0o600 })
    })
    const get = (accept?: string) =>
      api.raw(`/dumps/${id}/requests.json`, { headers: accept === undefined ? {} : { 'accept-encoding': accept } })

    it('goes out as it lies on disk to those who accept that', async () => {
      for (const accept of ['gzip', 'br, gzip;q=0.5', '*']) {
        const response = await fetch(`${api.base}/dumps/${id}/requests.json`, {
          headers: { authorization: 'Bearer t0ken', 'accept-encoding': accept },
        })
        expect(response.headers.get('content-encoding'), accept).toBe('gzip')
        expect(Number(response.headers.get('content-length'))).toBe(stored.length)
        expect(response.headers.get('vary')).toMatch(/accept-encoding/i)
        expect(await response.text()).toBe(content)
      }
    })

    it('is unpacked on its way for the others', async () => {
      for (const accept of [undefined, 'identity', 'br', 'gzip;q=0', '*;q=0']) {
        const response = await get(accept)
        expect(response.headers['content-encoding'], accept).toBeUndefined()
        expect(response.body === content).toBe(true)
      }
    })

    it('has a tag of its own for each form', async () => {
      const plain = (await get('identity')).headers.etag
      const packed = (await get('gzip')).headers.etag
      expect(plain).toBe(`"${entry.sha256}"`)
      expect(packed).toBe(`W/"${entry.sha256}"`)
    })

    it('is only its name: what lies on disk cannot be asked for', async () => {
      await problem(await api.call(`/dumps/${id}/requests.json.gz`), 404)
      expect(gunzipSync(stored).toString() === content).toBe(true)
    })
  })
}
