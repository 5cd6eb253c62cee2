// @module-tag full
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { compileForChild } from '../testing/compile.js'
import { manifestOf, temporaryDirectory, testStore } from '../testing/dumps.js'
import { openArtifact } from './artifact-stream.js'
import { isDumpId } from './dump-id.js'

/** Publishes dumps as fast as it can, and says when the first one is there. */
const publisher = (store: string, dir: string) => `
  import { openStore } from ${JSON.stringify(store)}
  const store = await openStore({
    dir: ${JSON.stringify(dir)},
    retention: { maxDumps: 20, maxBytes: 1e9, maxAge: 1e9, minFreeBytes: 0 },
    limits: { maxPerHour: 3600 },
    pid: process.pid,
    onError: () => {},
  })
  const manifest = ${JSON.stringify(manifestOf('20261124T000000000Z-1-cpu-spike'))}
  for (;;) {
    const id = store.newId(Date.now(), 'cpu', 'spike')
    const writer = await store.begin(id)
    store.useQuota(Date.now())
    const artifacts = await Promise.all([
      writer.add('requests', { file: 'requests.json', phase: 'during', content: 'x'.repeat(300_000) }),
      writer.add('cpu-profile', { file: 'cpu.cpuprofile', phase: 'during', content: '{"a":1},'.repeat(200_000) }),
    ])
    await writer.publish({ ...manifest, id, createdAt: new Date().toISOString(), artifacts })
    process.stdout.write('.')
  }
`

function start(code: string): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function appearance(dir: string): Promise<void> {
  for await (const { filename } of watch(dir)) if (isDumpId(filename)) return
}

it('kill -9 at any moment leaves no broken dump, and no litter after the next start', async () => {
  const store = await compileForChild('store/store-on-disk.ts')
  const dir = temporaryDirectory()
  let interrupted = 0
  for (let round = 0; round < 8; round++) {
    const child = start(publisher(store, dir))
    await once(child.stdout as NodeJS.ReadableStream, 'data')
    // Either the moment that a dump appears, or any point of one, which takes some tens of milliseconds.
    if (round % 2) await appearance(dir)
    else await delay(round * 7)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const left = readdirSync(dir).filter(name => name.startsWith('.tmp-') || name.startsWith('.del-'))
    // Between two steps of a write the file is there and empty: then the owner of the directory is not known yet.
    const isOwned = (name: string) => statSync(join(dir, name, '.owner'), { throwIfNoEntry: false })?.size
    const owned = left.filter(name => name.startsWith('.del-') || isOwned(name))
    interrupted += owned.length
    const { store: reader, failures } = await testStore(dir)
    expect(failures).toEqual([])
    const { dumps } = await reader.list({})
    expect(dumps.length).toBeGreaterThan(0)
    expect(
      readdirSync(dir)
        .filter(name => !name.startsWith('.'))
        .sort(),
    ).toEqual(dumps.map(({ id }) => id).sort())
    for (const { id, artifacts } of dumps) {
      expect(artifacts.map(({ state }) => state)).toEqual(['complete', 'complete'])
      for (const { file, bytes } of artifacts) {
        const stored = await reader.artifact(id, file)
        if (!stored) throw new Error(`${id} has no ${file}`)
        expect((await buffer((await openArtifact(stored, false)).stream)).byteLength).toBe(bytes)
      }
    }
    for (const name of owned) expect(existsSync(join(dir, name))).toBe(false)
    expect(reader.waitForQuota(Date.now())).toBe(0)
  }
  // Else it never hit one, and this test has shown nothing.
  expect(interrupted).toBeGreaterThan(0)
})
