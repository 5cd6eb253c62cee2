import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { isRoot, stranger } from '../testing/hostile.js'
import { fileIn, isOwnDirectory, removeTree, roomIn, roomsIn } from './rooms.js'

const uid = process.geteuid?.()

const mode = (path: string) => statSync(path).mode & 0o777

describe.skipIf(process.platform === 'win32')('a directory of ours beside the dumps', () => {
  it('is made, closed to others, and found', () => {
    const dir = temporaryDirectory()
    expect(roomsIn(dir, '.pins')).toEqual([])
    expect(roomIn(dir, '.pins')).toBe(join(dir, '.pins'))
    chmodSync(join(dir, '.pins'), 0o777)
    expect(roomIn(dir, '.pins')).toBe(join(dir, '.pins'))
    expect(mode(join(dir, '.pins'))).toBe(0o700)
    expect(roomsIn(dir, '.pins')).toEqual([join(dir, '.pins')])
  })

  it('is no link and no file of ours', () => {
    const dir = temporaryDirectory()
    const elsewhere = temporaryDirectory()
    chmodSync(elsewhere, 0o755)
    symlinkSync(elsewhere, join(dir, '.pins'))
    expect(() => roomIn(dir, '.pins')).toThrow('is not a directory')
    expect(() => roomsIn(dir, '.pins')).toThrow('is not a directory')
    expect(isOwnDirectory(join(dir, '.pins'))).toBe(false)
    expect([mode(elsewhere), readdirSync(elsewhere)]).toEqual([0o755, []])
  })

  describe.runIf(isRoot)('where another user has its name', () => {
    it.each(['directory', 'file', 'link'])('(a %s) has our user behind it', kind => {
      const dir = temporaryDirectory()
      const elsewhere = temporaryDirectory()
      const path = join(dir, '.pins')
      if (kind === 'directory') mkdirSync(path)
      if (kind === 'file') writeFileSync(path, '')
      if (kind === 'link') symlinkSync(elsewhere, path)
      lchownSync(path, stranger, stranger)
      expect(roomIn(dir, '.pins')).toBe(`${path}-${uid}`)
      expect(roomsIn(dir, '.pins')).toEqual([`${path}-${uid}`])
      expect(fileIn(dir, '.pins')).toBe(`${path}-${uid}`)
      expect(readdirSync(elsewhere)).toEqual([])
    })

    it('and the other one too, is not there', () => {
      const dir = temporaryDirectory()
      for (const name of ['.pins', `.pins-${uid}`]) {
        mkdirSync(join(dir, name))
        chownSync(join(dir, name), stranger, stranger)
      }
      expect(() => roomIn(dir, '.pins')).toThrow(/belongs to another user \(uid 65534\), and .*belongs to another user/)
      expect(roomsIn(dir, '.pins')).toEqual([])
    })
  })
})

describe.skipIf(process.platform === 'win32')('removing a directory', () => {
  it('takes all that is in it and leaves what its links lead to', async () => {
    const dir = temporaryDirectory()
    const precious = join(temporaryDirectory(), 'precious')
    writeFileSync(precious, '')
    mkdirSync(join(dir, 'a', 'b'), { recursive: true })
    writeFileSync(join(dir, 'a', 'b', 'file'), '')
    symlinkSync(precious, join(dir, 'a', 'file'))
    symlinkSync(join(precious, '..'), join(dir, 'a', 'directory'))
    await removeTree(join(dir, 'a'))
    await removeTree(join(dir, 'a'))
    expect([readdirSync(dir), existsSync(precious)]).toEqual([[], true])
  })

  it('does not follow a link in its place', async () => {
    const dir = temporaryDirectory()
    const elsewhere = temporaryDirectory()
    writeFileSync(join(elsewhere, 'precious'), '')
    symlinkSync(elsewhere, join(dir, 'a'))
    await expect(removeTree(join(dir, 'a'))).rejects.toThrow('is not a directory')
    expect(readdirSync(elsewhere)).toEqual(['precious'])
  })

  it.runIf(isRoot)("leaves another user's alone, who may be changing it into a link meanwhile", async () => {
    const dir = temporaryDirectory()
    mkdirSync(join(dir, 'a'))
    writeFileSync(join(dir, 'a', 'file'), '')
    chownSync(join(dir, 'a'), stranger, stranger)
    await expect(removeTree(join(dir, 'a'))).rejects.toThrow('belongs to another user')
    expect(readdirSync(join(dir, 'a'))).toEqual(['file'])
  })
})
