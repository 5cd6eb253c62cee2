import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { plantDump, temporaryDirectory, testStore } from '../testing/dumps.js'
import { makeDumpId } from './dump-id.js'
import { createUploadMarks } from './upload-marks.js'

const idOf = (minute: number) => makeDumpId(Date.UTC(2026, 10, 24, 1, minute), 1, 'cpu', 'spike')
const uploaded = { at: '2026-11-24T02:00:00.000Z', url: 's3://evidence' }

it('a mark is there for other processes, and after a restart', async () => {
  const dir = temporaryDirectory()
  const marks = createUploadMarks(dir)
  marks.write(idOf(1), { folder: 'x' })
  await marks.done(idOf(2), uploaded)
  const others = createUploadMarks(dir)
  await others.refresh()
  expect([others.all('uploading'), others.all('uploaded')]).toEqual([[idOf(1)], [idOf(2)]])
  expect(await others.read(idOf(1))).toEqual({ folder: 'x' })
  await others.done(idOf(1), uploaded)
  await marks.refresh()
  expect(marks.all('uploaded').sort()).toEqual([idOf(1), idOf(2)])
  await marks.forget(idOf(1))
  expect(readdirSync(join(dir, '.bucket'))).toEqual([`${idOf(2)}.uploaded`])
})

it('a mark that was cut off counts as none', async () => {
  const dir = temporaryDirectory()
  const marks = createUploadMarks(dir)
  marks.write(idOf(1), {})
  writeFileSync(join(dir, '.bucket', `${idOf(1)}.uploading`), '{"fol')
  expect(await marks.read(idOf(1))).toBeUndefined()
})

it('a link in the place of the marks is not followed', async () => {
  const dir = temporaryDirectory()
  const elsewhere = join(temporaryDirectory(), 'x')
  mkdirSync(elsewhere)
  symlinkSync(elsewhere, join(dir, '.bucket'))
  const marks = createUploadMarks(dir)
  expect(() => marks.write(idOf(1), {})).toThrow('is not a directory')
  expect(readdirSync(elsewhere)).toEqual([])
})

it('one process at a time uploads a dump', () => {
  const dir = temporaryDirectory()
  const lock = createUploadMarks(dir).lock(idOf(1))
  expect(createUploadMarks(dir).lock(idOf(1))).not.toHaveProperty('release')
  if ('release' in lock) lock.release()
  expect(createUploadMarks(dir).lock(idOf(1))).toHaveProperty('release')
})

it('retention removes first what is in the bucket, and says so when it must remove more', async () => {
  const dir = temporaryDirectory()
  for (const minute of [1, 2, 3]) plantDump(dir, idOf(minute))
  const uploads = createUploadMarks(dir)
  await uploads.done(idOf(2), uploaded)
  const retention = { maxDumps: 3, maxBytes: 1e12, maxAge: 1e12, minFreeBytes: 0 }
  const { store, failures } = await testStore(dir, { uploads, retention })
  const ids = async () => (await store.list({})).dumps.map(({ id }) => id)
  const next = async () => (await store.begin(store.newId(Date.UTC(2026, 10, 24, 2), 'cpu', 'spike'))).abandon()
  await next()
  expect(await ids()).toEqual([idOf(3), idOf(1)])
  expect([uploads.all('uploaded'), failures]).toEqual([[], []])
  plantDump(dir, idOf(4))
  await store.list({})
  await next()
  expect(await ids()).toEqual([idOf(4), idOf(3)])
  expect(failures).toEqual([
    `retention: the dump ${idOf(1)} was removed before it was uploaded to the bucket, because the dump directory may hold no more (retention)`,
  ])
})
