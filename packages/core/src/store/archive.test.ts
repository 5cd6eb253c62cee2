import { readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { Manifest } from '../model/manifest.js'
import type { Store } from '../model/store.js'
import { temporaryDirectory, testStore } from '../testing/dumps.js'
import { manifestOf } from '../testing/fake-monitor.js'
import { readZip } from '../testing/read-zip.js'
import { archiveOf } from './archive.js'

const now = Date.UTC(2026, 10, 24)

const large = Array.from({ length: 200_000 }, (_, index) => `line ${index * 7919}\n`).join('')

/** A dump with a small artifact, one that is stored zipped, and one that could not be captured. */
async function dump() {
  const dir = temporaryDirectory()
  const { store } = await testStore(dir)
  const id = store.newId(now, 'cpu', 'spike')
  const writer = await store.begin(id)
  const add = (file: string, content: string) => writer.add('requests', { file, phase: 'during', content })
  const artifacts = [
    await add('requests.json', '{"total":0}'),
    await add('trace.json', large),
    { ...(await add('gone.json', '')), state: 'failed' as const },
    await add('umlaut.json', '"ü"'),
  ]
  expect(artifacts[1]?.encoding).toBe('gzip')
  await writer.publish(manifestOf(id, artifacts))
  const manifest = (await store.manifest(id)) as Manifest
  return { dir: join(dir, id), store, manifest, archive: () => archiveOf(manifest, file => find(store, id, file)) }
}

const find = (store: Store, id: string, file: string) => store.artifact(id, file)

/** Files in that directory that this process has open, as Linux tells. */
const openIn = (dir: string) =>
  readdirSync('/proc/self/fd').filter(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(dir)
    } catch {
      return false
    }
  })

describe('the archive of a dump', () => {
  it('has the manifest and what is whole, unzipped, in a folder of its name', async () => {
    const { manifest, archive, dir } = await dump()
    const zip = await buffer(await archive())
    const files = readZip(zip)
    expect(Object.keys(files)).toEqual(
      ['manifest.json', 'requests.json', 'trace.json', 'umlaut.json'].map(file => `${manifest.id}/${file}`),
    )
    expect(JSON.parse(files[`${manifest.id}/manifest.json`] as string)).toEqual(manifest)
    expect(files[`${manifest.id}/trace.json`]).toBe(large)
    expect(files[`${manifest.id}/umlaut.json`]).toBe('"ü"')
    expect(zip.length).toBeLessThan(large.length / 2)
    await vi.waitFor(() => expect(openIn(dir)).toEqual([]))
  })

  it('reads no further than somebody takes it, and lets go of everything when nobody does any more', async () => {
    const { archive, dir } = await dump()
    const stream = await archive()
    for (let turn = 0; turn < 50; turn++) await setImmediate()
    expect(stream.readableLength).toBeLessThan(1024 ** 2)
    stream.destroy()
    await vi.waitFor(() => expect(openIn(dir)).toEqual([]))
  })

  it('breaks off where a file is gone or broken, lest it look whole', async () => {
    for (const damage of [
      (dir: string) => rmSync(join(dir, 'trace.json.gz')),
      (dir: string) => writeFileSync(join(dir, 'trace.json.gz'), 'no gzip'),
    ]) {
      const { archive, dir } = await dump()
      damage(dir)
      await expect(buffer(await archive())).rejects.toThrow(/is gone|incorrect header/)
      await vi.waitFor(() => expect(openIn(dir)).toEqual([]))
    }
  })
})
