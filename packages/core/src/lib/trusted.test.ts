import { chmodSync, linkSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { hardLink, isRoot, strangersTraps, traps } from '../testing/hostile.js'
import {
  appendTrusted,
  createAnew,
  createFile,
  createFileSync,
  isUntrusted,
  openTrusted,
  readNamed,
  readTrusted,
  readTrustedSync,
  replaceFileSync,
} from './trusted.js'

const all = Object.entries({ ...traps, ...(isRoot && strangersTraps) })

const outcome = async (work: () => unknown) => {
  try {
    return await work()
  } catch (error) {
    return isUntrusted(error) || (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'refused' : error
  }
}

describe.skipIf(process.platform === 'win32')('the door to files', () => {
  it.each(all)('reads nothing of %s, and does not wait', async (_, set) => {
    const path = join(temporaryDirectory(), 'file')
    await set(path)
    expect(await outcome(() => readTrusted(path, 1000))).toBe('refused')
    expect(await outcome(() => readTrustedSync(path, 1000))).toBe('refused')
  })

  it.each(all.filter(([what]) => what !== 'a file of 2 GB'))('opens no %s', async (_, set) => {
    const path = join(temporaryDirectory(), 'file')
    await set(path)
    expect(await outcome(() => openTrusted(path))).toBe('refused')
  })

  it.each(Object.entries(traps).filter(([what]) => !/directory/.test(what)))(
    'puts a file of our own in the place of %s',
    async (_, set) => {
      const path = join(temporaryDirectory(), 'file')
      await set(path)
      expect(
        await outcome(() =>
          createFile(path).then(
            () => 'made',
            error => error.code,
          ),
        ),
      ).toBe('EEXIST')
      expect(() => createFileSync(path, '')).toThrow('EEXIST')
      replaceFileSync(path, 'ours')
      expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['ours', 0o600])
    },
  )

  it('never writes into a file through another name of it', async () => {
    const path = join(temporaryDirectory(), 'file')
    const precious = hardLink(path)
    expect(await outcome(() => appendTrusted(path, 'more'))).toBe('refused')
    replaceFileSync(path, 'ours')
    expect(readFileSync(precious, 'utf8')).toBe('precious')
    const other = join(temporaryDirectory(), 'file')
    const alsoPrecious = hardLink(other)
    const handle = await createAnew(other)
    await handle.writeFile('ours')
    await handle.close()
    expect([readFileSync(alsoPrecious, 'utf8'), readFileSync(other, 'utf8')]).toEqual(['precious', 'ours'])
  })

  it.each(all.filter(([what]) => /link|FIFO|socket/.test(what)))('appends nothing to %s', async (_, set) => {
    const path = join(temporaryDirectory(), 'file')
    await set(path)
    expect(await outcome(() => appendTrusted(path, 'more'))).toBe('refused')
  })

  it('reads what is whole, up to its limit and not a byte more', async () => {
    const path = join(temporaryDirectory(), 'file')
    for (const text of ['', 'x', 'é'.repeat(5000), 'x'.repeat(10_000)]) {
      writeFileSync(path, text)
      expect(await readTrusted(path, 10_000)).toBe(text)
      expect(readTrustedSync(path, 10_000).text).toBe(text)
      expect(await readNamed(path, 10_000)).toBe(text)
    }
    expect(await outcome(() => readTrusted(path, 9999))).toBe('refused')
    expect(await outcome(() => readNamed(path, 9999))).toBe('refused')
  })

  it('reads a file that was replaced in the middle of it, and backups with two names', async () => {
    const dir = temporaryDirectory()
    writeFileSync(join(dir, 'a'), 'old')
    const { handle } = await openTrusted(join(dir, 'a'))
    writeFileSync(join(dir, 'b'), 'new')
    renameSync(join(dir, 'b'), join(dir, 'a'))
    await handle.close()
    linkSync(join(dir, 'a'), join(dir, 'backup'))
    expect(await readTrusted(join(dir, 'backup'), 10)).toBe('new')
  })

  it('follows the links of what somebody has named, but waits for nothing there either', async () => {
    const dir = temporaryDirectory()
    writeFileSync(join(dir, 'a'), 'text')
    symlinkSync('a', join(dir, 'link'))
    expect(await readNamed(join(dir, 'link'), 10)).toBe('text')
    for (const [what, set] of Object.entries(traps)) {
      const path = join(temporaryDirectory(), 'file')
      await set(path)
      expect([
        what,
        await readNamed(path, 1000).then(
          () => 'read',
          () => 'refused',
        ),
      ]).toEqual([what, 'refused'])
    }
  })

  it('makes files that are closed to others under any umask', () => {
    const before = process.umask(0)
    try {
      const path = join(temporaryDirectory(), 'file')
      createFileSync(path, '')
      expect(statSync(path).mode & 0o777).toBe(0o600)
      chmodSync(path, 0o666)
      replaceFileSync(path, '')
      expect(statSync(path).mode & 0o777).toBe(0o600)
    } finally {
      process.umask(before)
    }
  })
})
