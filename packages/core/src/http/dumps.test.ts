import { closeSync, mkdtempSync, openSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { askAdmin, problem } from '../testing/ask-admin.js'
import { capturingOf, createFakeMonitor, dumpId, entryOf, manifestOf, spike } from '../testing/fake-monitor.js'
import { readZip } from '../testing/read-zip.js'

describe('the list', () => {
  it('is a page of dumps', async () => {
    const { ask, monitor } = askAdmin()
    const response = await ask('?limit=2&cursor=abc&metric=cpu&rule=spike')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ dumps: [{ id: dumpId, metric: 'cpu' }], next: 'next-page' })
    expect(monitor.asked).toEqual([['list', { limit: 2, cursor: 'abc', metric: 'cpu', rule: 'spike' }]])
  })

  it('can be searched, and narrowed to what is pinned', async () => {
    const { ask, monitor } = askAdmin()
    expect((await ask('?q=Check%20out&pinned=true')).status).toBe(200)
    expect((await ask('?q=&pinned=false')).status).toBe(200)
    expect(monitor.asked.map(([, query]) => query)).toEqual([
      { q: 'Check out', pinned: true },
      { q: '', pinned: false },
    ])
    for (const query of [`q=${'x'.repeat(201)}`, 'pinned=1', 'pinned=', 'q=a&q=b'])
      expect((await problem(await ask(`?${query}`))).status).toBe(400)
  })
})

describe('a manifest', () => {
  it('is answered whole', async () => {
    const response = await askAdmin().ask(`/dumps/${dumpId}`)
    expect(await response.json()).toMatchObject({ id: dumpId, state: 'complete', trigger: spike })
    expect(response.headers.get('retry-after')).toBeNull()
  })

  it('of a dump in the making asks to come back', async () => {
    const monitor = createFakeMonitor()
    const capturing = capturingOf('x', { pending: ['profiler reply'] })
    monitor.manifests.set('x', capturing)
    const response = await askAdmin({}, monitor).ask('/dumps/x')
    expect([response.status, response.headers.get('retry-after')]).toEqual([200, '1'])
    expect(await response.json()).toEqual(capturing)
  })
})

describe('the report of a dump', () => {
  const monitor = createFakeMonitor()
  monitor.manifests.set(dumpId, manifestOf(dumpId))
  const { ask } = askAdmin({}, monitor)

  it('is Markdown, under the name of the dump', async () => {
    const response = await ask(`/dumps/${dumpId}/report.md`)
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${dumpId}-report.md"`)
    expect(await response.text()).toBe(`# ${dumpId}\n`)
  })

  it('is there for dumps that are there, and for those who may download', async () => {
    expect((await ask('/dumps/unknown/report.md')).status).toBe(404)
    const actions: string[] = []
    const authorize = (_: Request, action: string) => actions.push(action) > 0
    await askAdmin({ auth: { authorize } }, monitor).ask(`/dumps/${dumpId}/report.md`)
    expect(actions).toEqual(['download'])
  })
})

describe('an archive', () => {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-archive-'))
  afterAll(() => rmSync(dir, { recursive: true }))
  const monitor = createFakeMonitor()
  const entry = entryOf('requests.json', '{"total":0}')
  writeFileSync(join(dir, 'requests.json'), '{"total":0}')
  monitor.manifests.set(dumpId, manifestOf(dumpId, [entry]))
  monitor.artifacts.set(`${dumpId}/requests.json`, { path: join(dir, 'requests.json'), entry })
  const { ask } = askAdmin({}, monitor)

  it('is a zip with the manifest and the artifacts', async () => {
    const response = await ask(`/dumps/${dumpId}/archive`)
    expect(response.headers.get('content-type')).toBe('application/zip')
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${dumpId}.zip"`)
    const files = readZip(Buffer.from(await response.arrayBuffer()))
    expect(Object.keys(files)).toEqual([`${dumpId}/manifest.json`, `${dumpId}/report.md`, `${dumpId}/requests.json`])
    expect(files[`${dumpId}/requests.json`]).toBe('{"total":0}')
  })

  it('is made of a dump that is there and whole', async () => {
    monitor.manifests.set('x', capturingOf('x'))
    expect((await problem(await ask('/dumps/x/archive'))).detail).toContain('still being captured')
    expect((await problem(await ask('/dumps/y/archive'))).status).toBe(404)
  })

  it('is told of by HEAD, and breaks off with who asked for it', async () => {
    const head = await ask(`/dumps/${dumpId}/archive`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type'), head.body]).toEqual([200, 'application/zip', null])
    const left = new AbortController()
    const response = await ask(`/dumps/${dumpId}/archive`, { signal: left.signal })
    left.abort()
    await expect(response.arrayBuffer()).rejects.toThrow()
  })
})

describe('removing a dump', () => {
  it('answers 204, and 404 the second time', async () => {
    const { ask } = askAdmin()
    expect((await ask(`/dumps/${dumpId}`, { method: 'DELETE' })).status).toBe(204)
    expect((await problem(await ask(`/dumps/${dumpId}`, { method: 'DELETE' }))).status).toBe(404)
  })
})

describe('an artifact', () => {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-artifacts-'))
  afterAll(() => rmSync(dir, { recursive: true }))
  const content = JSON.stringify({ requests: 'x'.repeat(200_000) })
  const zipped = gzipSync(content)
  const plain = entryOf('requests.json', content)
  const monitor = createFakeMonitor()
  const add = (file: string, stored: string | Buffer, more: Parameters<typeof entryOf>[2] = {}) => {
    const path = join(dir, file)
    writeFileSync(path, stored)
    const entry = entryOf(file, content, { storedBytes: stored.length, ...more })
    monitor.artifacts.set(`${dumpId}/${file}`, { path, entry })
  }
  add('requests.json', content)
  add('cpu.cpuprofile', zipped, { encoding: 'gzip' })
  add('notes.txt', content)
  add('cpu.pb.gz', content)
  const { ask } = askAdmin({}, monitor)
  const get = (file: string, headers = {}, init = {}) => ask(`/dumps/${dumpId}/${file}`, { headers, ...init })
  const openFiles = () =>
    readdirSync('/proc/self/fd').filter(fd => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(dir)
      } catch {
        return false
      }
    })

  it('is the file, as an attachment that names the dump', async () => {
    const response = await get('requests.json')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${dumpId}-requests.json"`,
      'content-length': String(plain.bytes),
      etag: `"${plain.sha256}"`,
      vary: 'Accept-Encoding',
    })
    expect(response.headers.has('content-encoding')).toBe(false)
    expect(await response.text()).toBe(content)
  })

  it('that is stored zipped goes out as it is to who can unzip', async () => {
    const response = await get('cpu.cpuprofile', { 'accept-encoding': 'br, gzip' })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/json',
      'content-length': String(zipped.length),
      etag: `W/"${plain.sha256}"`,
    })
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(content)
  })

  it.each([{}, { 'accept-encoding': 'gzip;q=0' }, { 'accept-encoding': 'identity' }])(
    'that is stored zipped is unzipped for %j',
    async headers => {
      const response = await get('cpu.cpuprofile', headers)
      expect(response.headers.has('content-encoding')).toBe(false)
      expect(response.headers.get('etag')).toBe(`"${plain.sha256}"`)
      expect(await response.text()).toBe(content)
    },
  )

  it('is not sent again to who has it', async () => {
    for (const headers of [{}, { 'accept-encoding': 'gzip' }]) {
      const etag = (await get('cpu.cpuprofile', headers, { method: 'HEAD' })).headers.get('etag') as string
      const response = await get('cpu.cpuprofile', { ...headers, 'if-none-match': `"other", ${etag}` })
      expect([response.status, response.body, response.headers.get('etag')]).toEqual([304, null, etag])
    }
    expect((await get('cpu.cpuprofile', { 'if-none-match': '"other"' }, { method: 'HEAD' })).status).toBe(200)
  })

  it.each([
    ['notes.txt', 'text/plain; charset=utf-8'],
    ['cpu.pb.gz', 'application/octet-stream'],
  ])('%s has the type %s', async (file, type) => {
    expect((await get(file, {}, { method: 'HEAD' })).headers.get('content-type')).toBe(type)
  })

  it('is converted to pprof on request', async () => {
    const { ask } = askAdmin({}, monitor)
    const response = await ask(`/dumps/${dumpId}/cpu.cpuprofile?format=pprof`)
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${dumpId}-cpu.cpuprofile.pb.gz"`)
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['5', 'pprof'])
    expect((await ask(`/dumps/${dumpId}/none?format=pprof`)).status).toBe(404)
    const refused = await problem(await ask(`/dumps/${dumpId}/cpu.cpuprofile?format=svg`))
    expect(refused).toMatchObject({ status: 400, errors: [{ field: 'format' }] })
  })

  it('that failed, was never there or has just been removed is not found', async () => {
    add('failed.json', content, { state: 'failed' })
    add('removed.json', content)
    rmSync(join(dir, 'removed.json'))
    for (const file of ['failed.json', 'removed.json', 'unknown.json'])
      expect((await problem(await get(file))).status).toBe(404)
  })

  it.each(['requests.json', 'cpu.cpuprofile'])('%s: its file is closed whatever ends the download', async file => {
    // A file of the same directory, so that the check itself is known to see what is open.
    const fd = openSync(join(dir, 'notes.txt'), 'r')
    await vi.waitFor(() => expect(openFiles()).toEqual([String(fd)]))
    closeSync(fd)

    await get(file, {}, { method: 'HEAD' })
    await (await get(file)).body?.cancel()
    const reader = (await get(file)).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    const controller = new AbortController()
    const aborted = await get(file, {}, { signal: controller.signal })
    controller.abort()
    await expect(aborted.text()).rejects.toThrow()
    await (await get(file)).text()
    await vi.waitFor(() => expect(openFiles()).toEqual([]))
  })
})
