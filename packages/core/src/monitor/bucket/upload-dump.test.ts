import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { captureKinds } from '../../model/capture-kind.js'
import type { ArtifactEntry, Manifest } from '../../model/manifest.js'
import { sourceOf } from '../../object-store/object-store.js'
import { openBucket } from '../../object-store/open-store.js'
import { createUploadMarks } from '../../store/upload-marks.js'
import { plantDump, temporaryDirectory } from '../../testing/dumps.js'
import { type Fault, type S3Request, startS3Server } from '../../testing/s3-server.js'
import { createDumpUpload } from './upload-dump.js'

const id = '20261124T013512123Z-7-cpu-spike'
const folder = `p/v1/dumps/shop/here/${id}/`
const index = `p/v1/index/shop/${9_999_999_999_999 - Date.UTC(2026, 10, 24, 1, 35, 12, 123)}~here~-~cpu-spike~-~${id}.json`
const signal = new AbortController().signal

function artifact(file: string, content: string | Uint8Array, more: Partial<ArtifactEntry> = {}) {
  const bytes = Buffer.byteLength(content)
  const entry: ArtifactEntry = {
    ...{ file, kind: 'requests', phase: 'during', bytes, sha256: '', storedBytes: bytes, state: 'complete' },
    ...more,
  }
  return { entry, content }
}

async function setUp(artifacts: ReturnType<typeof artifact>[], more: { maxBytes?: number; kinds?: string[] } = {}) {
  const dir = temporaryDirectory()
  plantDump(
    dir,
    id,
    artifacts.map(({ entry }) => entry),
  )
  for (const { entry, content } of artifacts)
    writeFileSync(join(dir, id, entry.encoding ? `${entry.file}.gz` : entry.file), content, { mode: 0o600 })
  const server = await startS3Server()
  const secretAccessKey = ['s3', 'cret'].join('-')
  const { store, prefix } = await openBucket({
    ...{ url: 's3://evidence/p', endpoint: server.endpoint, region: 'us-east-1' },
    credentials: { accessKeyId: 'ABCDEFGH', secretAccessKey },
  })
  onTestFinished(async () => {
    store.close()
    await server.close()
  })
  const failures: string[] = []
  /** As a process that has just started. */
  const fresh = () => {
    const marks = createUploadMarks(dir)
    return {
      marks,
      ...createDumpUpload({
        ...{ store, prefix, dir, marks, program: 'shop', kinds: captureKinds, maxBytes: more.maxBytes ?? null },
        ...(more.kinds && { kinds: more.kinds as never }),
        onError: (what, error) => void failures.push(`${what}: ${error}`),
      }),
    }
  }
  const written = () => server.seen.filter(({ method }) => method === 'PUT').map(({ key }) => key)
  const manifest = () => JSON.parse(`${server.objects.get(`${folder}manifest.json`)}`) as Manifest
  return { dir, server, store, prefix, fresh, written, manifest, failures }
}

it('artifacts come first, then the manifest, then the key of the index', async () => {
  const files = [artifact('requests.json', '{}'), artifact('app.cpuprofile', 'zipped', { encoding: 'gzip' })]
  const { fresh, written, server } = await setUp(files)
  expect(await fresh().upload(id, signal)).toBe('uploaded')
  expect(written()).toEqual([`${folder}requests.json`, `${folder}app.cpuprofile.gz`, `${folder}manifest.json`, index])
  expect(JSON.parse(`${server.objects.get(index)}`)).toMatchObject({ id, state: 'complete', service: 'shop', folder })
})

it('the report comes before the manifest, where the dump has one', async () => {
  const { dir, fresh, written, server } = await setUp([artifact('requests.json', '{}')])
  writeFileSync(join(dir, id, 'report.md'), '# it was slow\n', { mode: 0o600 })
  expect(await fresh().upload(id, signal)).toBe('uploaded')
  expect(written().slice(0, 3)).toEqual([`${folder}requests.json`, `${folder}report.md`, `${folder}manifest.json`])
  expect(`${server.objects.get(`${folder}report.md`)}`).toBe('# it was slow\n')
})

it('a dump says on disk that it is in the bucket', async () => {
  const { dir, fresh, server } = await setUp([])
  const { upload, noteUploaded, marks } = fresh()
  await upload(id, signal)
  await noteUploaded(id, '2026-11-24T02:00:00.000Z')
  const url = `${server.endpoint}/evidence/${folder}manifest.json`
  const onDisk = JSON.parse(readFileSync(join(dir, id, 'manifest.json'), 'utf8'))
  expect(onDisk.uploaded).toEqual({ at: '2026-11-24T02:00:00.000Z', url })
  expect(marks.isUploaded(id)).toBe(true)
  expect(readdirSync(join(dir, '.bucket'))).toEqual([`${id}.uploaded`])
})

it('an upload in parts goes on where it was cut off, in another process', async () => {
  const large = Buffer.alloc(20 * 1024 ** 2, 'x')
  const { fresh, server, written } = await setUp([artifact('small.json', '{}'), artifact('large.bin', large)])
  server.fail(({ query }) => (query.get('partNumber') === '2' ? 'reset-in-body' : null))
  await expect(fresh().upload(id, signal)).rejects.toMatchObject({ kind: 'retry' })
  server.fail(() => null)
  server.seen.length = 0
  expect(await fresh().upload(id, signal)).toBe('uploaded')
  const parts = server.seen.map(({ query }) => query.get('partNumber')).filter(Boolean)
  expect(parts).toEqual(['2', '3'])
  expect(written()).not.toContain(`${folder}small.json`)
  expect(server.objects.get(`${folder}large.bin`)?.equals(large)).toBe(true)
  expect(server.uploads.size).toBe(0)
})

it('an upload in parts that a process began as it died is removed', async () => {
  const { fresh, server } = await setUp([artifact('large.bin', Buffer.alloc(9 * 1024 ** 2))])
  const isPart = ({ query }: S3Request): Fault => (query.has('partNumber') ? 'reset' : null)
  server.fail(isPart)
  const { upload, marks } = fresh()
  await upload(id, signal).catch(() => {})
  // It died before it could mark the upload.
  const state = (await marks.read(id)) as { partial?: unknown }
  marks.write(id, { ...state, partial: undefined })
  server.fail(() => null)
  await fresh().upload(id, signal)
  expect([server.uploads.size, server.objects.size]).toEqual([0, 3])
})

it('an upload that the store has forgotten begins anew', async () => {
  const { fresh, server } = await setUp([artifact('large.bin', Buffer.alloc(9 * 1024 ** 2, 'y'))])
  server.fail(({ query }) => (query.get('partNumber') === '2' ? 'reset' : null))
  await fresh()
    .upload(id, signal)
    .catch(() => {})
  server.uploads.clear()
  server.fail(() => null)
  expect(await fresh().upload(id, signal)).toBe('uploaded')
  expect(server.objects.get(`${folder}large.bin`)).toHaveLength(9 * 1024 ** 2)
})

it('artifacts that stay on the machine are shown as such', async () => {
  const files = [
    artifact('requests.json', '{}'),
    artifact('big.json', 'x'.repeat(11)),
    artifact('app.cpuprofile', '{}', { kind: 'cpu-profile' }),
    artifact('raw.heapsnapshot', '{}', { kind: 'heap-snapshot' }),
    artifact('redacted.heapsnapshot', '{}', { kind: 'heap-snapshot', redacted: true }),
  ]
  const { fresh, manifest, server } = await setUp(files, { maxBytes: 10, kinds: ['requests', 'heap-snapshot'] })
  await fresh().upload(id, signal)
  expect(manifest().artifacts.map(({ file, state, error }) => [file, state, error])).toEqual([
    ['requests.json', 'complete', undefined],
    ['big.json', 'failed', 'not in the bucket: it has 11 bytes, more than bucket.maxBytes 10'],
    ['app.cpuprofile', 'failed', 'not in the bucket: bucket.kinds does not have cpu-profile'],
    ['raw.heapsnapshot', 'failed', 'not in the bucket: a heap snapshot is uploaded only if it is redacted'],
    ['redacted.heapsnapshot', 'complete', undefined],
  ])
  const files2 = [...server.objects.keys()].filter(key => key.startsWith(folder)).map(key => key.slice(folder.length))
  expect(files2.sort()).toEqual(['manifest.json', 'redacted.heapsnapshot', 'requests.json'])
})

it('a file that is gone or cut off does not keep the rest from the bucket', async () => {
  const { dir, fresh, manifest } = await setUp([artifact('a.json', '{}'), artifact('b.json', '{}')])
  rmSync(join(dir, id, 'a.json'))
  expect(await fresh().upload(id, signal)).toBe('uploaded')
  expect(manifest().artifacts.map(({ state }) => state)).toEqual(['failed', 'complete'])
})

it('a dump that is removed in the middle leaves nothing behind', async () => {
  const { dir, fresh, server } = await setUp([
    artifact('a.json', '{}'),
    artifact('large.bin', Buffer.alloc(20 * 1024 ** 2)),
  ])
  server.fail(({ query }) => (query.get('partNumber') === '2' ? 'reset' : null))
  await fresh()
    .upload(id, signal)
    .catch(() => {})
  rmSync(join(dir, id), { recursive: true })
  server.fail(() => null)
  expect(await fresh().upload(id, signal)).toBe('gone')
  expect([server.objects.size, server.uploads.size, readdirSync(join(dir, '.bucket'))]).toEqual([0, 0, []])
})

describe('a dump whose first manifest had no culprit in its key', () => {
  const before = index.replace('~cpu-spike~-~', '~cpu-spike~0123456789ab~')

  async function withFirst() {
    const all = await setUp([artifact('requests.json', '{}')])
    const { store, prefix, server, fresh } = all
    const early = `${JSON.stringify({ id, state: 'capturing', folder })}\n`
    for (const [key, text] of [
      [`${folder}manifest.json`, '{}'],
      [before, early],
    ] as const)
      await store.put(key, sourceOf(text))
    expect(prefix).toBe('p')
    fresh().marks.write(id, { place: store.place, folder, indexKey: before, done: [], early: [] })
    // The store goes down in the middle of the dump, and is back for the next try.
    server.fail(({ key }) => (key.endsWith('/requests.json') ? 'reset' : null))
    await expect(fresh().upload(id, signal)).rejects.toMatchObject({ kind: 'retry' })
    server.fail(() => null)
    const keys = () => [...server.objects.keys()].filter(key => key.startsWith('p/v1/index/'))
    return { ...all, keys }
  }

  it('is listed once, also when its upload took a second try', async () => {
    const { fresh, keys } = await withFirst()
    expect(await fresh().upload(id, signal)).toBe('uploaded')
    expect(keys()).toEqual([index])
  })

  it('stands as partial when it was removed before the second try', async () => {
    const { dir, fresh, keys, server } = await withFirst()
    rmSync(join(dir, id), { recursive: true })
    expect(await fresh().upload(id, signal)).toBe('gone')
    expect(keys()).toEqual([before])
    expect(JSON.parse(`${server.objects.get(before)}`)).toMatchObject({ id, state: 'partial' })
    expect(server.objects.has(`${folder}manifest.json`)).toBe(true)
  })
})
