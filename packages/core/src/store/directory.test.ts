import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { manifestOf, plantDump, temporaryDirectory, testStore } from '../testing/dumps.js'

const isRoot = process.getuid?.() === 0

const isPosix = process.platform !== 'win32'

const now = Date.UTC(2026, 10, 24)

const mode = (path: string) => statSync(path).mode & 0o777

async function refusal(dir: string): Promise<string> {
  const { store } = await testStore(dir)
  const { error } = store.state()
  await expect(store.begin(store.newId(now, 'cpu', 'spike'))).rejects.toMatchObject({ code: 'FAILED', message: error })
  expect(await store.list({})).toEqual({ dumps: [], total: 0 })
  return error ?? ''
}

describe('the directory of the dumps', () => {
  it.runIf(isPosix).each([0o000, 0o022, 0o077, 0o777])(
    'is closed to others under umask %d, like all in it',
    async umask => {
      const parent = join(temporaryDirectory(), 'new')
      const before = process.umask(umask)
      onTestFinished(() => void process.umask(before))
      const dir = join(parent, 'dumps')
      const { store } = await testStore(dir)
      const id = store.newId(now, 'cpu', 'spike')
      const writer = await store.begin(id)
      await writer.add('requests', { file: 'small.json', phase: 'during', content: '{}' })
      await writer.add('requests', { file: 'large.json', phase: 'during', content: 'x'.repeat(2e6) })
      await writer.publish(manifestOf(id))
      store.useQuota(now)
      for (const path of [parent, dir, join(dir, id)]) expect(mode(path)).toBe(0o700)
      const files = ['manifest.json', 'small.json', 'large.json.gz'].map(file => join(id, file))
      for (const file of [...files, '.limits.json']) expect(mode(join(dir, file))).toBe(0o600)
    },
  )

  it.runIf(isPosix)('keeps its mode when it was there already', async () => {
    const dir = temporaryDirectory()
    chmodSync(dir, 0o755)
    const { store } = await testStore(dir)
    const id = store.newId(now, 'cpu', 'spike')
    await (await store.begin(id)).publish(manifestOf(id))
    expect([mode(dir), mode(join(dir, id))]).toEqual([0o755, 0o700])
  })

  it('is made anew when it was removed meanwhile', async () => {
    const dir = join(temporaryDirectory(), 'dumps')
    const { store, failures } = await testStore(dir)
    const first = store.newId(now, 'cpu', 'spike')
    await (await store.begin(first)).publish(manifestOf(first))
    const second = store.newId(now + 1, 'cpu', 'spike')
    rmSync(dir, { recursive: true })
    expect(await store.list({})).toEqual({ dumps: [], total: 0 })
    expect(await store.manifest(first)).toBeUndefined()
    await (await store.begin(second)).publish(manifestOf(second))
    expect((await store.list({})).dumps.map(({ id }) => id)).toEqual([second])
    expect([mode(dir), store.state().error, failures]).toEqual([0o700, null, []])
  })

  it('is tried again at each dump when it could not be made', async () => {
    const base = temporaryDirectory()
    const dir = join(base, 'file', 'dumps')
    writeFileSync(join(base, 'file'), '')
    expect(await refusal(dir)).toContain(dir)
    const { store } = await testStore(dir)
    rmSync(join(base, 'file'))
    const id = store.newId(now, 'cpu', 'spike')
    await (await store.begin(id)).publish(manifestOf(id))
    expect(store.state()).toMatchObject({ dumps: 1, error: null })
  })

  it('is refused when it is no directory', async () => {
    const path = join(temporaryDirectory(), 'file')
    writeFileSync(path, '')
    expect(await refusal(path)).toBe(`${path} is not a directory`)
    const link = join(temporaryDirectory(), 'link')
    symlinkSync(join(dirname(link), 'nowhere'), link)
    expect(await refusal(link)).toContain('nowhere')
  })

  it.runIf(isPosix)('may be a symbolic link of ours', async () => {
    const target = temporaryDirectory()
    const link = join(temporaryDirectory(), 'link')
    symlinkSync(target, link)
    const { store } = await testStore(link)
    const id = store.newId(now, 'cpu', 'spike')
    await (await store.begin(id)).publish(manifestOf(id))
    expect(readdirSync(target)).toEqual([id])
  })

  // Root may write everywhere.
  it.runIf(isPosix && !isRoot)('is read, but not written to, when it is read-only', async () => {
    const dir = temporaryDirectory()
    const id = '20261124T000000000Z-1-cpu-spike'
    plantDump(dir, id)
    chmodSync(dir, 0o500)
    onTestFinished(() => chmodSync(dir, 0o700))
    const { store, failures } = await testStore(dir)
    expect(store.state().error).toContain('EACCES')
    expect((await store.list({})).dumps).toHaveLength(1)
    await expect(store.begin(store.newId(now, 'cpu', 'spike'))).rejects.toMatchObject({ code: 'FAILED' })
    await expect(store.remove(id)).rejects.toMatchObject({ code: 'FAILED' })
    store.useQuota(now)
    store.useQuota(now)
    expect(failures).toEqual([expect.stringContaining('write the hour quota')])
  })

  // Only root can give files away.
  it.runIf(isRoot)('is refused, and not read, when it belongs to another user', async () => {
    const dir = temporaryDirectory()
    plantDump(dir, '20261124T000000000Z-1-cpu-spike')
    chownSync(dir, 65534, 65534)
    expect(await refusal(dir)).toContain('belongs to another user (uid 65534)')
    expect(readdirSync(dir)).toEqual(['20261124T000000000Z-1-cpu-spike'])
    const link = join(temporaryDirectory(), 'link')
    symlinkSync(dir, link)
    expect(await refusal(link)).toContain('belongs to another user')
  })

  it.runIf(isRoot)('is used when it is a volume of another user where not everybody can make files', async () => {
    const dir = join(temporaryDirectory(), 'volume')
    mkdirSync(dir)
    chownSync(dir, 65534, 65534)
    const { store } = await testStore(dir)
    expect(store.state().error).toBeNull()
    await (await store.begin(store.newId(Date.now(), null, 'manual'))).abandon()
  })

  it.runIf(isRoot)('is no longer read once another user has taken its place', async () => {
    const dir = temporaryDirectory()
    plantDump(dir, '20261124T000000000Z-1-cpu-spike')
    const { store } = await testStore(dir)
    expect((await store.list({})).dumps).toHaveLength(1)
    chownSync(dir, 65534, 65534)
    expect(await store.list({})).toEqual({ dumps: [], total: 0 })
  })

  it.runIf(isRoot)('does not list what another user has put into it', async () => {
    const dir = temporaryDirectory()
    const id = '20261124T000000000Z-1-cpu-spike'
    plantDump(dir, id)
    chownSync(join(dir, id), 65534, 65534)
    const { store, failures } = await testStore(dir)
    expect(await store.list({})).toEqual({ dumps: [], total: 0 })
    expect(failures.join()).toContain('belongs to another user')
  })
})
