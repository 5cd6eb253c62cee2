import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import type { StoredArtifact } from '../model/store.js'
import { manifestOf, temporaryDirectory, testStore } from '../testing/dumps.js'
import { openArtifact } from './artifact-stream.js'
import { createQuota } from './quota.js'

const now = Date.now()

const wide = { maxDumps: 1000, maxBytes: 1024 ** 4, maxAge: 24 * 3600_000, minFreeBytes: 0 }

const whole = (dir: string) => readdirSync(dir).filter(name => /^\d/.test(name))

describe('stores that share a directory', () => {
  it('keep to the number together, also of dumps that were begun at the same moment', async () => {
    const dir = temporaryDirectory()
    const retention = { ...wide, maxDumps: 3 }
    const stores = await Promise.all([1, 2, 3, 4, 5].map(async pid => (await testStore(dir, { pid, retention })).store))
    const writers = await Promise.all(
      stores.map(async (store, index) => {
        const id = store.newId(now + index, 'cpu', 'spike')
        return { id, writer: await store.begin(id) }
      }),
    )
    for (const { id, writer } of writers) await writer.publish(manifestOf(id))
    expect(whole(dir)).toEqual(writers.slice(-3).map(({ id }) => id))
  })

  it('keep to the bytes together', async () => {
    const dir = temporaryDirectory()
    const retention = { ...wide, maxBytes: 250_000 }
    const stores = await Promise.all([1, 2, 3, 4].map(async pid => (await testStore(dir, { pid, retention })).store))
    const content = Buffer.from(Array.from({ length: 100_000 }, () => Math.random() * 256))
    const writers = await Promise.all(
      stores.map(async (store, index) => {
        const id = store.newId(now + index, 'cpu', 'spike')
        const writer = await store.begin(id)
        return { id, writer, entry: await writer.add('requests', { file: 'a.bin', phase: 'during', content }) }
      }),
    )
    for (const { id, writer, entry } of writers) await writer.publish(manifestOf(id, { artifacts: [entry] }))
    const left = whole(dir)
    expect(left).toEqual(writers.slice(-2).map(({ id }) => id))
    const bytes = left.flatMap(id => readdirSync(join(dir, id)).map(file => statSync(join(dir, id, file)).size))
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(retention.maxBytes)
  })

  it('send what one of them has begun to send to the end, though another one removes it', async () => {
    const dir = temporaryDirectory()
    const sender = (await testStore(dir, { pid: 1 })).store
    const id = sender.newId(now, 'cpu', 'spike')
    const writer = await sender.begin(id)
    const content = Buffer.alloc(4 * 1024 ** 2, 'evidence')
    await writer.publish(
      manifestOf(id, { artifacts: [await writer.add('requests', { file: 'a.json', phase: 'during', content })] }),
    )
    const remover = (await testStore(dir, { pid: 2 })).store
    const { stream } = await openArtifact((await sender.artifact(id, 'a.json')) as StoredArtifact, false)
    expect(await remover.remove(id)).toBe(true)
    expect(readdirSync(dir)).toEqual([])
    expect((await buffer(stream)).equals(content)).toBe(true)
    expect(await sender.artifact(id, 'a.json')).toBeUndefined()
    expect(await sender.remove(id)).toBe(false)
  })
})

describe('quotas that share a directory', () => {
  const quotaIn = (dir: string, failures: string[] = []) => createQuota(dir, 2, what => failures.push(what))

  it('give the last one to one of them, and have it again when nothing came of it', () => {
    const dir = temporaryDirectory()
    const [one, two] = [quotaIn(dir), quotaIn(dir)]
    expect([one.take(now, []), two.take(now, []), one.take(now, [])]).toEqual([0, 0, 3600_000])
    two.giveBack(now)
    expect([one.wait(now, []), two.wait(now, [])]).toEqual([0, 0])
    expect([one.take(now + 1, []), two.take(now + 1, [])]).toEqual([0, 3600_000 - 1])
    expect(readdirSync(dir)).toEqual(['.limits.json'])
  })

  it('do not wait for ever for one that hangs in the middle of it', () => {
    const dir = temporaryDirectory()
    const failures: string[] = []
    writeFileSync(join(dir, '.limits.json.lock'), '')
    expect(quotaIn(dir, failures).take(now, [])).toBe(0)
    expect(failures).toEqual([])
  })

  it('count for themselves where the lock cannot be made', () => {
    const dir = join(temporaryDirectory(), 'missing')
    const quota = quotaIn(dir)
    expect([quota.take(now, []), quota.take(now, []), quota.take(now, [])]).toEqual([0, 0, 3600_000])
    mkdirSync(dir)
  })
})
