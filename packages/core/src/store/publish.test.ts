import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Manifest } from '../model/manifest.js'
import { manifestOf, plantDump, temporaryDirectory, testStore } from '../testing/dumps.js'
import { temporaryName } from './dump-id.js'

const now = Date.UTC(2026, 10, 24)

const during = (file: string, content: string | Uint8Array | AsyncIterable<Uint8Array>) =>
  ({ file, phase: 'during', content }) as const

async function* never(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(3_000_000)
  await new Promise(() => {})
}

describe('writing a dump', () => {
  it('shows it when it is whole, and not before', async () => {
    const dir = temporaryDirectory()
    const { store, failures } = await testStore(dir)
    const id = store.newId(now, 'cpu', 'spike')
    const writer = await store.begin(id)
    const entry = await writer.add('requests', { ...during('requests.json', '{}'), pauseMs: 3, engine: 'by hand' })
    expect((await store.list({})).dumps).toEqual([])
    expect(await store.manifest(id)).toBeUndefined()
    expect(readdirSync(dir).filter(name => !name.startsWith('.'))).toEqual([])

    const manifest = manifestOf(id, { artifacts: [entry] })
    const sketch = manifestOf(id, { state: 'partial' })
    await writer.sketch(sketch)
    const sketched = join(dir, temporaryName(id), 'manifest.json')
    expect(JSON.parse(readFileSync(sketched, 'utf8'))).toEqual(sketch)
    expect((await store.list({})).dumps).toEqual([])
    await writer.publish(manifest)
    await expect(writer.sketch(sketch)).rejects.toThrow(/closed/)
    expect(readdirSync(dir)).toEqual([id])
    expect(readdirSync(join(dir, id)).sort()).toEqual(['manifest.json', 'requests.json'])
    expect(await store.manifest(id)).toEqual(manifest)
    const bytes = readFileSync(join(dir, id, 'manifest.json')).length + 2
    expect((await store.list({})).dumps).toEqual([
      {
        id,
        createdAt: '2026-11-24T00:00:00.000Z',
        state: 'complete',
        metric: 'cpu',
        rule: 'spike',
        reason: 'a test',
        headline: 'nothing happened',
        summary: 'nothing happened',
        bytes,
        artifacts: [{ file: 'requests.json', kind: 'requests', bytes: 2, state: 'complete' }],
        from: { service: '', version: '', instance: 'here' },
        pinned: false,
        severity: 1.13,
      },
    ])
    expect(store.state()).toEqual({ dumps: 1, bytes, error: null })
    expect(entry).toMatchObject({ phase: 'during', pauseMs: 3, engine: 'by hand', state: 'complete', storedBytes: 2 })
    expect(failures).toEqual([])
  })

  it('gives each file a name of its own', async () => {
    const { store } = await testStore(temporaryDirectory())
    const writer = await store.begin(store.newId(now, 'cpu', 'spike'))
    const names = ['a.pb.gz', 'a.pb.gz', 'A.PB.gz', 'b', 'b', 'b.gz']
    const entries = await Promise.all(names.map(name => writer.add('cpu-profile', during(name, name))))
    expect(entries.map(({ file }) => file)).toEqual(['a.pb.gz', 'a-2.pb.gz', 'A-3.PB.gz', 'b', 'b-2', 'b-3.gz'])
    expect(entries.every(({ state }) => state === 'complete')).toBe(true)
  })

  it.each(['../a.json', 'a/b.json', 'a\\b.json', '..', '.hidden', '', 'a\0', 'manifest.json', 'Manifest.JSON'])(
    'does not write a file named %j',
    async file => {
      const dir = temporaryDirectory()
      const { store } = await testStore(dir)
      const id = store.newId(now, 'cpu', 'spike')
      const writer = await store.begin(id)
      const entry = await writer.add('requests', during(file, '{}'))
      expect(entry).toMatchObject({ file: '', state: 'failed', error: expect.stringContaining('not a file name') })
      await writer.publish(manifestOf(id, { artifacts: [entry] }))
      expect(readdirSync(join(dir, id))).toEqual(['manifest.json'])
      expect((await store.list({})).dumps[0]?.artifacts).toHaveLength(1)
      expect(await store.artifact(id, '')).toBeUndefined()
    },
  )

  it('says which file failed and why, and keeps the others', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    const id = store.newId(now, 'cpu', 'spike')
    const writer = await store.begin(id)
    mkdirSync(join(dir, `.tmp-${id}`, 'report.json'))
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half')
      throw new Error('the profiler went away')
    }
    const artifacts = [
      await writer.add('report', during('report.json', '{}')),
      await writer.add('cpu-profile', during('cpu.cpuprofile', broken())),
      await writer.add('requests', during('requests.json', '[]')),
    ]
    expect(artifacts.map(({ state, error }) => [state, error?.replace(/,.*/, '')])).toEqual([
      ['failed', 'EEXIST: file already exists'],
      ['failed', 'the profiler went away'],
      ['complete', undefined],
    ])
    await writer.publish(manifestOf(id, { state: 'partial', artifacts }))
    expect(readdirSync(join(dir, id)).sort()).toEqual(['manifest.json', 'report.json', 'requests.json'])
    expect(await store.artifact(id, 'cpu.cpuprofile')).toBeUndefined()
    expect((await store.artifact(id, 'requests.json'))?.path).toBe(join(dir, id, 'requests.json'))
  })

  it('leaves nothing behind when it is abandoned, though a source is stuck', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    const id = store.newId(now, 'cpu', 'spike')
    const writer = await store.begin(id)
    const stuck = writer.add('requests', during('a.json', never()))
    await writer.abandon()
    expect(readdirSync(dir)).toEqual([])
    expect(await stuck).toMatchObject({ state: 'failed' })
    expect(await writer.add('requests', during('b.json', '{}'))).toMatchObject({ state: 'failed' })
    await expect(writer.publish(manifestOf(id))).rejects.toMatchObject({ code: 'FAILED' })
    await writer.abandon()
  })

  it('is over when the store is closed', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    await store.begin(store.newId(now, 'cpu', 'spike'))
    store.newId(now, 'heap', 'spike')
    await store.close()
    expect(readdirSync(dir)).toEqual([])
    await expect(store.begin(store.newId(now, 'rss', 'spike'))).rejects.toMatchObject({ code: 'STOPPED' })
  })

  it('refuses a manifest that could not be listed', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    const manifests: ((id: string) => Manifest)[] = [
      () => manifestOf('20261124T000000000Z-1-rss-spike'),
      id => manifestOf(id, { createdAt: 'yesterday' }),
      id => manifestOf(id, { summary: { text: 'x'.repeat(9 * 1024 ** 2), findings: [] } }),
    ]
    for (const make of manifests) {
      const id = store.newId(now, 'cpu', 'spike')
      await expect((await store.begin(id)).publish(make(id))).rejects.toMatchObject({ code: 'FAILED' })
    }
    expect(readdirSync(dir)).toEqual([])
  })
})

describe('a new id', () => {
  it('is one that no dump has: listed, in progress or only reserved, of this process or another', async () => {
    const dir = temporaryDirectory()
    plantDump(dir, '20261124T000000000Z-7-cpu-spike')
    const { store } = await testStore(dir, { pid: 7 })
    const other = (await testStore(dir, { pid: 7 })).store // As in another container, where pids are the same.
    const base = '20261124T000000000Z-7-cpu-spike'
    expect(store.newId(now, 'cpu', 'spike')).toBe(`${base}-2`)
    expect(other.newId(now, 'cpu', 'spike')).toBe(`${base}-3`)
    const writer = await other.begin(`${base}-3`)
    expect(store.newId(now, 'cpu', 'spike')).toBe(`${base}-4`)
    await writer.publish(manifestOf(`${base}-3`))
    expect((await testStore(dir, { pid: 7 })).store.newId(now, 'cpu', 'spike')).toBe(`${base}-5`)
    expect(store.newId(now, null, 'manual')).toBe('20261124T000000000Z-7-manual')
  })

  it('can be begun once', async () => {
    const { store } = await testStore(temporaryDirectory())
    const id = store.newId(now, 'cpu', 'spike')
    const writer = await store.begin(id)
    await expect(store.begin(id)).rejects.toMatchObject({ code: 'FAILED' })
    await writer.publish(manifestOf(id))
    await expect(store.begin(id)).rejects.toMatchObject({ code: 'FAILED' })
    expect(await store.manifest(id)).toBeDefined()
    await expect(store.begin('../x')).rejects.toMatchObject({ code: 'FAILED' })
  })
})

describe('removing a dump', () => {
  it('says whether it was there', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    const id = store.newId(now, 'cpu', 'spike')
    await (await store.begin(id)).publish(manifestOf(id))
    expect(await Promise.all([store.remove(id), store.remove(id)])).toEqual([true, false])
    expect(await store.list({})).toEqual({ dumps: [], total: 0 })
    expect(await store.manifest(id)).toBeUndefined()
    expect(readdirSync(dir)).toEqual([])
    expect(store.state()).toEqual({ dumps: 0, bytes: 0, error: null })
  })

  it.each(['..', '../x', '', '.', '.limits.json', '20261124T000000000Z-1-cpu-spike'])('leaves %j alone', async id => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    writeFileSync(join(dir, '.limits.json'), '')
    expect(await store.remove(id)).toBe(false)
    expect(await store.artifact(id, 'manifest.json')).toBeUndefined()
    expect(readdirSync(dir)).toEqual(['.limits.json'])
  })

  it('gives no quota back', async () => {
    const { store } = await testStore(temporaryDirectory(), { limits: { maxPerHour: 1 } })
    const id = store.newId(now, 'cpu', 'spike')
    const writer = await store.begin(id)
    store.useQuota(now)
    await writer.publish(manifestOf(id))
    expect(store.waitForQuota(now + 1000)).toBe(3599_000)
    await store.remove(id)
    expect(store.waitForQuota(now + 1000)).toBe(3599_000)
  })
})
