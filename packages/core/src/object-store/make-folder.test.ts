import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeFolder } from './make-folder.js'

function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-folder-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

it('a folder is made with those above it, by way of links too, and one that is there stays', async () => {
  const dir = place()
  await makeFolder(join(dir, 'a/b/c'), 0o700)
  expect(statSync(join(dir, 'a/b')).mode & 0o777).toBe(0o700)
  symlinkSync(join(dir, 'a'), join(dir, 'link'))
  await makeFolder(join(dir, 'link/b/d'))
  await makeFolder(join(dir, 'link'))
  expect(existsSync(join(dir, 'a/b/d'))).toBe(true)
})

it('a folder that cannot be made ends in an error: a file or a link to nowhere is in its place', async () => {
  const dir = place()
  writeFileSync(join(dir, 'file'), '')
  symlinkSync(join(dir, 'nowhere'), join(dir, 'link'))
  await expect(makeFolder(join(dir, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(join(dir, 'file/a'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  await expect(makeFolder(join(dir, 'link/a'))).rejects.toMatchObject({ code: 'EEXIST' })
})

it.runIf(existsSync('/proc/self'))('a folder in a file system that takes none ends in an error in words', async () => {
  await expect(makeFolder('/proc/autodump/a')).rejects.toThrow('cannot be made: this file system takes none')
})
