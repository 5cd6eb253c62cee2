import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { corrupted, deepJson, edited, tries } from '../testing/damage.js'
import { manifestOf, plantDump, temporaryDirectory, testStore } from '../testing/dumps.js'

const whole = '20261124T013512123Z-42-cpu-spike'

const id = '20261124T013512124Z-42-cpu-spike'

const manifest = manifestOf(id, {
  samples: [{ at: 1, values: { cpu: 1 } }],
  artifacts: [
    { file: 'a.json', kind: 'requests', phase: 'during', bytes: 1, sha256: 'x', storedBytes: 1, state: 'complete' },
  ],
})

it('a manifest that was edited or corrupted costs its own dump at most, and is reported', async () => {
  const seen = { listed: 0, skipped: 0 }
  const damage = fc.oneof(
    edited(manifest).map(value => Buffer.from(JSON.stringify(value) ?? '')),
    corrupted(JSON.stringify(manifest)),
    fc
      .constantFrom(
        deepJson(200_000),
        JSON.stringify(manifest).replace('"samples":[', `"samples":[${deepJson(100_000)},`),
      )
      .map(text => Buffer.from(text)),
  )
  const dir = temporaryDirectory()
  plantDump(dir, whole)
  plantDump(dir, id)
  await fc.assert(
    fc.asyncProperty(damage, async content => {
      writeFileSync(join(dir, id, 'manifest.json'), content)
      const { store, failures } = await testStore(dir)
      const { dumps } = await store.list({})
      expect(dumps.map(dump => dump.id)).toContain(whole)
      expect(store.state().error).toBeNull()
      const found = await store.manifest(id)
      if (dumps.length === 2) {
        // It goes to another thread and to clients, so it must be possible to clone and to write it.
        expect(JSON.stringify(structuredClone(found)).length).toBeGreaterThan(0)
        expect(found?.id).toBe(id)
        const entry = await store.artifact(id, 'a.json')
        if (entry) expect(entry.path.startsWith(join(dir, id))).toBe(true)
        seen.listed++
      } else {
        expect(found).toBeUndefined()
        expect(failures.filter(failure => failure.includes(id))).toHaveLength(1)
        seen.skipped++
      }
      await store.close()
    }),
    tries(120),
  )
  expect(Math.min(seen.listed, seen.skipped)).toBeGreaterThan(20)
  // To be damaged is no reason to be removed: somebody may still want to look.
  expect(readdirSync(dir)).toContain(id)
})

it('hour quota that was edited or corrupted is counted anew', async () => {
  const dir = temporaryDirectory()
  const now = Date.now()
  const content = fc.oneof(
    corrupted('{"captures":[1,2,3]}'),
    edited({ captures: [now, 2] }).map(value => Buffer.from(JSON.stringify(value) ?? '')),
  )
  await fc.assert(
    fc.asyncProperty(content, async bytes => {
      writeFileSync(join(dir, '.limits.json'), bytes)
      const { store } = await testStore(dir)
      expect(store.waitForQuota(now)).toBeGreaterThanOrEqual(0)
      store.useQuota(now)
      expect(store.takeQuota(now)).toBe(0)
      await store.close()
    }),
    tries(100),
  )
})
