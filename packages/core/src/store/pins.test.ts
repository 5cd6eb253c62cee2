import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Store } from '../model/store.js'
import { manifestOf, plantDump, temporaryDirectory, testStore } from '../testing/dumps.js'
import { makeDumpId } from './dump-id.js'
import { removeDump } from './leftovers.js'

const start = Date.UTC(2026, 10, 24)

const idOf = (second: number) => makeDumpId(start + second * 1000, 1, 'cpu', 'spike')

const wide = { maxDumps: 1000, maxBytes: 1024 ** 4, maxAge: 1000 * 24 * 3600_000, minFreeBytes: 0 }

const pinned = async (store: Store) => (await store.list({ pinned: true })).dumps.map(({ id }) => id)

/** A directory with that many dumps. */
function planted(count: number): string {
  const dir = temporaryDirectory()
  for (let second = 0; second < count; second++) plantDump(dir, idOf(second))
  return dir
}

async function publish(store: Store, second: number): Promise<void> {
  await (await store.begin(idOf(second))).publish(manifestOf(idOf(second)))
}

describe('a pin', () => {
  it('is an empty file that only we may read, and is known to every process at once', async () => {
    const dir = planted(2)
    const one = (await testStore(dir)).store
    const other = (await testStore(dir)).store
    expect(await pinned(other)).toEqual([])
    expect(await one.setPinned(idOf(0), true)).toBe(true)
    expect(await one.setPinned(idOf(0), true)).toBe(true)
    const file = statSync(join(dir, '.pins', idOf(0)))
    expect([file.size, file.mode & 0o777, statSync(join(dir, '.pins')).mode & 0o777]).toEqual([0, 0o600, 0o700])
    for (const store of [one, other]) {
      expect(await pinned(store)).toEqual([idOf(0)])
    }
    expect(await other.setPinned(idOf(0), false)).toBe(true)
    expect(await pinned(one)).toEqual([])
    expect(readdirSync(join(dir, '.pins'))).toEqual([])
  })

  it('outlives the process', async () => {
    const dir = planted(1)
    const first = (await testStore(dir)).store
    await first.setPinned(idOf(0), true)
    await first.close()
    const { store, failures } = await testStore(dir)
    expect(await pinned(store)).toEqual([idOf(0)])
    expect(failures).toEqual([])
  })

  it('is of a dump that there is', async () => {
    const dir = planted(1)
    const { store } = await testStore(dir)
    for (const id of [idOf(7), '../x', '', '.pins', `${idOf(0)}/x`]) {
      expect(await store.setPinned(id, true)).toBe(false)
      expect(await store.setPinned(id, false)).toBe(false)
    }
    expect(existsSync(join(dir, '.pins'))).toBe(false)
  })

  it('goes with its dump', async () => {
    const dir = planted(1)
    const { store } = await testStore(dir)
    await store.setPinned(idOf(0), true)
    expect(await store.remove(idOf(0))).toBe(true)
    expect(readdirSync(join(dir, '.pins'))).toEqual([])
  })

  it('whose dump somebody has removed by hand is swept at the next start', async () => {
    const dir = planted(2)
    const { store } = await testStore(dir)
    for (const second of [0, 1]) await store.setPinned(idOf(second), true)
    writeFileSync(join(dir, '.pins', 'notes.txt'), 'not ours')
    rmSync(join(dir, idOf(1)), { recursive: true })
    const { failures } = await testStore(dir)
    expect(readdirSync(join(dir, '.pins')).sort()).toEqual([idOf(0), 'notes.txt'].sort())
    expect(failures).toEqual([])
  })

  it('that cannot be set says why', async () => {
    const dir = planted(1)
    writeFileSync(join(dir, '.pins'), 'a file')
    const { store, failures } = await testStore(dir)
    await expect(store.setPinned(idOf(0), true)).rejects.toThrow('the pin of the dump')
    expect((await store.list({})).total).toBe(1)
    expect(failures.join()).toContain('is not a directory')
  })
})

describe('retention', () => {
  const retention = { ...wide, maxDumps: 4 }

  it('leaves pinned dumps alone, whoever has pinned them, and goes on with the others', async () => {
    const dir = planted(4)
    const { store, failures } = await testStore(dir, { retention })
    const other = (await testStore(dir, { retention })).store
    await other.setPinned(idOf(0), true)
    await other.setPinned(idOf(1), true)
    for (const second of [10, 11, 12]) await publish(store, second)
    expect((await store.list({})).dumps.map(({ id }) => id)).toEqual([12, 11, 1, 0].map(idOf))
    await other.setPinned(idOf(1), false)
    await publish(store, 13)
    expect((await store.list({})).dumps.map(({ id }) => id)).toEqual([13, 12, 11, 0].map(idOf))
    expect(failures).toEqual([])
  })

  it('keeps room for what is new: half of the dumps cannot be pinned away', async () => {
    const { store } = await testStore(planted(4), { retention })
    for (const second of [0, 1]) await store.setPinned(idOf(second), true)
    const refused = store.setPinned(idOf(2), true)
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('at most 2') })
    expect(await pinned(store)).toEqual([1, 0].map(idOf))
    await store.setPinned(idOf(0), false)
    expect(await store.setPinned(idOf(2), true)).toBe(true)
  })

  it('does not take a look that fails for a no', async () => {
    const dir = planted(4)
    const { store, failures } = await testStore(dir, { retention })
    await store.setPinned(idOf(0), true)
    const pins = join(dir, '.pins')
    rmSync(pins, { recursive: true })
    writeFileSync(pins, 'a file where the pins were')
    await publish(store, 10)
    expect(await store.manifest(idOf(0))).toBeDefined()
    expect(failures.join()).toContain('look at the pins')
  })

  it('brings back what was pinned while it was being removed', async () => {
    const dir = planted(1)
    mkdirSync(join(dir, '.pins'))
    const seen: boolean[] = []
    const { found } = await removeDump(dir, idOf(0), async () => {
      seen.push(existsSync(join(dir, idOf(0))))
      return true
    })
    expect([found, seen, existsSync(join(dir, idOf(0), 'manifest.json'))]).toEqual([false, [false], true])
    expect((await removeDump(dir, idOf(0), async () => false)).found).toBe(true)
  })
})

it('looking for pins that did not change reads no directory', async () => {
  const dir = planted(2)
  const { store } = await testStore(dir)
  await store.setPinned(idOf(0), true)
  // As if it had happened a while ago, so that a change would show in the modification time.
  const then = new Date(Date.now() - 60_000)
  utimesSync(join(dir, '.pins'), then, then)
  expect(await pinned(store)).toEqual([idOf(0)])
  rmSync(join(dir, '.pins', idOf(0)))
  utimesSync(join(dir, '.pins'), then, then)
  expect(await pinned(store)).toEqual([idOf(0)])
  utimesSync(join(dir, '.pins'), new Date(), new Date())
  expect(await pinned(store)).toEqual([])
})
