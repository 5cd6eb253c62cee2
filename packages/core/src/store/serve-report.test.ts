import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { manifestOf, plantDump, temporaryDirectory, testStore } from '../testing/dumps.js'
import { explain, explainCopy } from './serve-report.js'

const id = '20261124T000000000Z-1-cpu-spike'

it('a dump is explained by the file that was written with it', async () => {
  const dir = temporaryDirectory()
  const { store } = await testStore(dir)
  const writer = await store.begin(id)
  await writer.publish(manifestOf(id), '# as it was then\n')
  expect(readFileSync(join(dir, id, 'report.md'), 'utf8')).toBe('# as it was then\n')
  expect(await explain(store, dir, id)).toBe('# as it was then\n')
  expect(await explainCopy(join(dir, id))).toBe('# as it was then\n')
})

it('a dump without the file, of an older version or with the option off, is explained by its manifest', async () => {
  const dir = temporaryDirectory()
  plantDump(dir, id)
  const { store } = await testStore(dir)
  expect(await explain(store, dir, id)).toContain('```text\nnothing happened\n```')
  expect(await explainCopy(join(dir, id))).toContain('# autodump: CPU, spike')
})

it('nothing else is', async () => {
  const dir = temporaryDirectory()
  const { store } = await testStore(dir)
  expect(await explain(store, dir, '20261124T000000000Z-2-cpu-spike')).toBeUndefined()
  expect(await explain(store, dir, '../..')).toBeUndefined()
  await expect(explainCopy(dir)).rejects.toMatchObject({ code: 'INVALID' })
  writeFileSync(join(dir, 'manifest.json'), '{"id":"x"}')
  await expect(explainCopy(dir)).rejects.toMatchObject({ code: 'INVALID' })
})
