import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Store } from '../model/store.js'
import { manifestOf, temporaryDirectory, testStore } from '../testing/dumps.js'

const start = Date.UTC(2026, 10, 24)

const retention = { maxDumps: 1000, maxBytes: 1e12, maxAge: 1e12, minFreeBytes: 0 }

const ids = async (store: Store) => (await store.list({})).dumps.map(({ id }) => id)

async function dump(store: Store, now: number, size = 10): Promise<string> {
  const id = store.newId(now, 'cpu', 'spike')
  const writer = await store.begin(id)
  const entry = await writer.add('requests', { file: 'a.txt', phase: 'during', content: Buffer.alloc(size, 'x') })
  await writer.publish(manifestOf(id, { artifacts: [entry] }))
  return id
}

/** A disk of that size, on which nothing but that directory lies. */
function diskOf(bytes: number, dir: string) {
  const sizeOf = (path: string): number =>
    readdirSync(path, { withFileTypes: true }).reduce((sum, entry) => {
      const inner = join(path, entry.name)
      return sum + (entry.isDirectory() ? sizeOf(inner) : statSync(inner).size)
    }, 0)
  return async () => ({ bavail: bytes - sizeOf(dir), bsize: 1 })
}

describe('room for a dump', () => {
  it('is made before the capture and kept after it', async () => {
    const { store } = await testStore(temporaryDirectory(), { retention: { ...retention, maxDumps: 3 } })
    const made: string[] = []
    for (let second = 0; second < 5; second++) made.push(await dump(store, start + second * 1000))
    expect(await ids(store)).toEqual(made.slice(2).reverse())
    const writer = await store.begin(store.newId(start + 9000, 'cpu', 'spike'))
    expect(await ids(store)).toEqual(made.slice(3).reverse())
    await writer.abandon()
  })

  it('is bounded by the size of all dumps', async () => {
    const { store } = await testStore(temporaryDirectory(), { retention: { ...retention, maxBytes: 350_000 } })
    const made: string[] = []
    for (let second = 0; second < 5; second++) made.push(await dump(store, start + second * 1000, 100_000))
    expect(await ids(store)).toEqual(made.slice(2).reverse())
    expect(store.state().bytes).toBeLessThan(350_000)
  })

  it('is taken from those that are too old', async () => {
    let now = start
    const { store } = await testStore(temporaryDirectory(), {
      retention: { ...retention, maxAge: 60_000 },
      clock: () => now,
    })
    await dump(store, now)
    now += 100_000
    const second = await dump(store, now)
    expect(await ids(store)).toEqual([second])
    now += 100_000
    const third = store.newId(now, 'heap', 'spike')
    const writer = await store.begin(third)
    expect(await ids(store)).toEqual([second]) // The newest stays until the next one is there.
    await writer.publish(manifestOf(third))
    expect(await ids(store)).toEqual([third])
  })

  it('is kept free on the disk: older dumps go, then dumps are refused', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir, {
      retention: { ...retention, minFreeBytes: 600_000 },
      statfs: diskOf(1_000_000, dir),
    })
    const made: string[] = []
    for (let second = 0; second < 6; second++) made.push(await dump(store, start + second * 1000, 150_000))
    expect(await ids(store)).toEqual(made.slice(4).reverse())

    const last = await dump(store, start + 60_000, 450_000)
    // Without the two older ones the disk would still be too full: giving them up would be for nothing.
    expect(await ids(store)).toEqual([last, made[5], made[4]])
    const id = store.newId(start + 70_000, 'cpu', 'spike')
    await expect(store.begin(id)).rejects.toMatchObject({ code: 'NO_ROOM' })
    expect(store.state().error).toContain('less than minFreeBytes 600000')
    expect(readdirSync(dir)).not.toContain(`.tmp-${id}`)
    await store.remove(last)
    await dump(store, start + 80_000)
    expect(store.state().error).toBeNull()
  })

  it('is a quarter of a small disk where nobody says how much to keep free, and what was asked for where somebody does', async () => {
    const dir = temporaryDirectory()
    const disk = async () => ({ bavail: 20 * 1024 ** 2, bsize: 1, blocks: 64 * 1024 ** 2 })
    const { store } = await testStore(dir, { retention: { ...retention, minFreeBytes: null }, statfs: disk })
    await dump(store, start)
    const full = async () => ({ ...(await disk()), bavail: 15 * 1024 ** 2 })
    const { store: second } = await testStore(dir, { retention: { ...retention, minFreeBytes: null }, statfs: full })
    await expect(dump(second, start + 1)).rejects.toMatchObject({ code: 'NO_ROOM' })
    const asked = { ...retention, minFreeBytes: 256 * 1024 ** 2 }
    const { store: third } = await testStore(dir, { retention: asked, statfs: disk })
    await expect(dump(third, start + 2)).rejects.toMatchObject({ code: 'NO_ROOM' })
  })

  it('is watched while a large file is written', async () => {
    const dir = temporaryDirectory()
    const { store } = await testStore(dir, {
      retention: { ...retention, minFreeBytes: 10e6 },
      statfs: diskOf(40e6, dir),
    })
    async function* endless() {
      for (;;) yield randomBytes(1e6)
    }
    const writer = await store.begin(store.newId(start, 'cpu', 'spike'))
    const entry = await writer.add('cpu-profile', { file: 'a.bin', phase: 'during', content: endless() })
    expect(entry).toMatchObject({ state: 'failed', error: 'the disk is about to be full' })
    expect(await writer.add('requests', { file: 'b.json', phase: 'during', content: '{}' })).toMatchObject({
      state: 'complete',
    })
  })

  it('is assumed where the system cannot tell how much is free', async () => {
    const { store, failures } = await testStore(temporaryDirectory(), {
      retention: { ...retention, minFreeBytes: 1e15 },
      statfs: async () => {
        throw new Error('ENOSYS')
      },
    })
    await dump(store, start)
    await dump(store, start + 1)
    expect(failures).toEqual(['ask for the free disk: ENOSYS'])
  })

  it('keeps the dump just written when the clock was set back', async () => {
    const { store } = await testStore(temporaryDirectory(), { retention: { ...retention, maxDumps: 2 } })
    await dump(store, start)
    await dump(store, start + 1000)
    const late = await dump(store, start - 3600_000)
    expect(await ids(store)).toContain(late)
  })
})
