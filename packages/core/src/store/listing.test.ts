import { mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Store } from '../model/store.js'

const disk = { reads: { open: 0, readdir: 0 }, afterReaddir: async () => {} }

// Test files share a process, and with it modules: those that import this one are loaded anew, before and after.
vi.resetModules()
vi.doMock('node:fs/promises', async importOriginal => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>) {
      disk.reads.open += 1
      return real.open(...args)
    },
    async readdir(path: string) {
      disk.reads.readdir += 1
      const names = await real.readdir(path)
      await disk.afterReaddir()
      return names
    },
  }
})
afterAll(() => {
  vi.doUnmock('node:fs/promises')
  vi.resetModules()
})
const { manifestOf, plantDump, temporaryDirectory, testStore } = await import('../testing/dumps.js')
const { makeDumpId } = await import('./dump-id.js')

const start = Date.UTC(2026, 10, 24)

const idOf = (second: number, metric = 'cpu') => makeDumpId(start + second * 1000, 1, metric, 'spike')

const ids = async (store: Store) => (await store.list({ limit: 1000 })).dumps.map(({ id }) => id)

/** As if nothing had happened in the directory for a while, so that a change shows in its modification time. */
const settle = (dir: string) => utimesSync(dir, new Date(), new Date(Date.now() - 60_000))

function countReads() {
  const { open, readdir } = disk.reads
  return () => ({ open: disk.reads.open - open, readdir: disk.reads.readdir - readdir })
}

describe('listing dumps', () => {
  it('of 3,000 reads no file and no directory again', { tags: ['full'], timeout: 180_000 }, async () => {
    const dumps = 3000
    const dir = temporaryDirectory()
    for (let second = 0; second < dumps; second++) plantDump(dir, idOf(second))
    settle(dir)
    const opening = countReads()
    const { store } = await testStore(dir)
    expect(opening().open).toBe(dumps)

    const listing = countReads()
    const first = await store.list({ limit: 1000 })
    expect(first.dumps[0]?.id).toBe(idOf(dumps - 1))
    let page = first
    let count = first.dumps.length
    while (page.next) {
      page = await store.list({ limit: 1000, cursor: page.next })
      count += page.dumps.length
    }
    expect(count).toBe(dumps)
    expect((await store.list({ metric: 'heap' })).dumps).toEqual([])
    expect(listing()).toEqual({ open: 0, readdir: 0 })

    plantDump(dir, idOf(dumps))
    const changed = countReads()
    expect((await store.list({ limit: 1 })).dumps[0]?.id).toBe(idOf(dumps))
    expect(changed()).toEqual({ open: 1, readdir: 1 })
  })

  it('shows what other processes publish and remove', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    const other = (await testStore(dir)).store
    const id = other.newId(start, 'heap', 'watermark')
    await (await other.begin(id)).publish(manifestOf(id))
    expect(await ids(store)).toEqual([id])
    expect(await store.manifest(id)).toMatchObject({ id })
    await store.remove(id)
    expect(await ids(other)).toEqual([])
    expect(await other.manifest(id)).toBeUndefined()
    expect(await other.remove(id)).toBe(false)
  })

  it('sees changes that follow each other within one step of the clock of the file system', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    const time = new Date()
    for (let second = 0; second < 20; second++) {
      plantDump(dir, idOf(second))
      utimesSync(dir, time, time)
      expect(await ids(store)).toHaveLength(second + 1)
    }
  })

  it('finds a dump by its id that no list has shown yet', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir)
    plantDump(dir, idOf(1))
    expect(await store.manifest(idOf(1))).toMatchObject({ id: idOf(1) })
    expect(await store.manifest(idOf(2))).toBeUndefined()
    expect(await store.manifest(undefined as unknown as string)).toBeUndefined()
  })

  it('leaves out what is not a whole dump, and says so once for each', async () => {
    const dir = temporaryDirectory()
    const bad: [string, string | undefined][] = [
      ['empty', undefined],
      ['blank', ''],
      ['broken', '{"id":'],
      ['list', '[]'],
      ['thin', '{}'],
      ['stranger', JSON.stringify(manifestOf(idOf(0)))],
      ['state', JSON.stringify({ ...manifestOf(idOf(5, 'state')), state: 'great' })],
      ['negative', JSON.stringify({ ...manifestOf(idOf(6, 'negative')), artifacts: [{ bytes: -1 }] })],
      ['path', JSON.stringify({ ...manifestOf(idOf(7, 'path')), artifacts: [artifact('../../etc/passwd')] })],
      ['huge', JSON.stringify({ ...manifestOf(idOf(8, 'huge')), more: 'x'.repeat(9 * 1024 ** 2) })],
    ]
    for (const [at, [metric, content]] of bad.entries()) {
      const id = idOf(at, metric)
      mkdirSync(join(dir, id))
      if (content !== undefined) writeFileSync(join(dir, id, 'manifest.json'), content.replace(idOf(5), id))
    }
    writeFileSync(join(dir, idOf(20)), 'a file')
    symlinkSync('/etc', join(dir, idOf(21)))
    mkdirSync(join(dir, idOf(22)))
    symlinkSync('/etc/passwd', join(dir, idOf(22), 'manifest.json'))
    mkdirSync(join(dir, 'notes'))
    plantDump(dir, idOf(30))

    const { store, failures } = await testStore(dir)
    for (let round = 0; round < 3; round++) expect(await ids(store)).toEqual([idOf(30)])
    expect(failures).toHaveLength(bad.length + 3)
    expect(failures.find(line => line.includes('-empty-'))).toContain('no manifest')
    expect(failures.find(line => line.includes('-huge-'))).toContain('larger than')
    expect(failures.find(line => line.includes('-path-'))).toContain('artifacts.0.file')
    expect(await store.remove(idOf(21))).toBe(false)
  })

  it('goes on when a listed manifest is spoilt later', async () => {
    const dir = temporaryDirectory()
    plantDump(dir, idOf(1))
    const { store } = await testStore(dir)
    writeFileSync(join(dir, idOf(1), 'manifest.json'), '{')
    expect(await store.manifest(idOf(1))).toBeUndefined()
    expect(await store.artifact(idOf(1), 'a.json')).toBeUndefined()
    renameSync(join(dir, idOf(1)), join(dir, 'elsewhere'))
    expect(await ids(store)).toEqual([])
  })

  it('serves only files that the manifest has, under the names that it has', async () => {
    const dir = temporaryDirectory()
    const artifacts = [artifact('a.json'), { ...artifact('b.json'), encoding: 'gzip' as const }, artifact('gone.json')]
    plantDump(dir, idOf(1), [...artifacts, artifact('link.json'), { ...artifact('bad.json'), state: 'failed' }])
    for (const file of ['a.json', 'b.json.gz', 'secret.json', 'bad.json']) writeFileSync(join(dir, idOf(1), file), '')
    symlinkSync('/etc/passwd', join(dir, idOf(1), 'link.json'))
    const { store } = await testStore(dir)
    const pathOf = async (file: string) => (await store.artifact(idOf(1), file))?.path
    expect(await pathOf('a.json')).toBe(join(dir, idOf(1), 'a.json'))
    expect(await pathOf('b.json')).toBe(join(dir, idOf(1), 'b.json.gz'))
    const others = [
      'b.json.gz',
      'secret.json',
      'bad.json',
      'gone.json',
      'link.json',
      'manifest.json',
      '../a.json',
      '..',
      '',
    ]
    for (const file of others) expect(await pathOf(file), file).toBeUndefined()
  })

  it('does not bring back what was removed, nor lose what was published, while it looked', async () => {
    const dir = temporaryDirectory()
    plantDump(dir, idOf(1))
    const { store } = await testStore(dir)
    const id = store.newId(start + 2000, 'cpu', 'spike')
    const writer = await store.begin(id)
    disk.afterReaddir = async () => {
      disk.afterReaddir = async () => {}
      await store.remove(idOf(1))
      await writer.publish(manifestOf(id))
    }
    expect(await ids(store)).toEqual([id])
    expect(await ids(store)).toEqual([id])
  })
})

function artifact(file: string) {
  return { file, kind: 'requests', phase: 'during', bytes: 0, storedBytes: 0, sha256: '', state: 'complete' } as const
}
