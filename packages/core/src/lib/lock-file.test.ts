import { readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { type Attempt, tryLock } from './lock-file.js'

const maxAge = 60_000

const fileIn = (dir: string) => join(dir, 'lock')

const isHad = (attempt: Attempt) => 'release' in attempt

const setAge = (file: string, ms: number) => utimesSync(file, new Date(), new Date(Date.now() - ms))

describe('a lock file', () => {
  it('is for one at a time, says who has it, and is closed to others', () => {
    const file = fileIn(temporaryDirectory())
    const first = tryLock(file, 'work', { maxAge })
    expect(isHad(first)).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(tryLock(file, 'more', { maxAge })).toMatchObject({ holder: { what: 'work', process: { pid: process.pid } } })
    if ('release' in first) first.release()
    expect(isHad(tryLock(file, 'more', { maxAge }))).toBe(true)
  })

  it.each([
    ['is dead', { life: () => 'dead' as const }, 0],
    ['has had it for too long', { life: () => 'alive' as const }, maxAge + 1000],
    ['cannot be seen and has had it for too long', { life: () => 'unknown' as const }, maxAge + 1000],
  ])('is taken over from one who %s', (_, options, age) => {
    const dir = temporaryDirectory()
    const file = fileIn(dir)
    const first = tryLock(file, 'work', { maxAge })
    setAge(file, age)
    expect(isHad(tryLock(file, 'more', { maxAge, ...options }))).toBe(true)
    // A process that has lost it takes nothing away.
    if ('release' in first) first.release()
    expect(JSON.parse(readFileSync(file, 'utf8')).what).toBe('more')
    expect(readdirSync(dir)).toEqual(['lock'])
  })

  it.each(['alive', 'unknown'] as const)('is left to one who is %s', life => {
    const file = fileIn(temporaryDirectory())
    tryLock(file, 'work', { maxAge })
    expect(isHad(tryLock(file, 'more', { maxAge, life: () => life }))).toBe(false)
  })

  it("that is just being written is somebody else's, and one that stayed empty is nobody's", () => {
    const file = fileIn(temporaryDirectory())
    writeFileSync(file, '')
    expect(tryLock(file, 'more', { maxAge })).toEqual({ holder: null })
    setAge(file, 10_000)
    expect(isHad(tryLock(file, 'more', { maxAge }))).toBe(true)
  })

  it('does not write through a link', () => {
    const dir = temporaryDirectory()
    writeFileSync(join(dir, 'precious'), 'mine')
    symlinkSync(join(dir, 'precious'), fileIn(dir))
    expect(isHad(tryLock(fileIn(dir), 'more', { maxAge }))).toBe(false)
    expect(readFileSync(join(dir, 'precious'), 'utf8')).toBe('mine')
  })

  it('throws where none can be made', () => {
    expect(() => tryLock(join(temporaryDirectory(), 'missing', 'lock'), 'x', { maxAge })).toThrow('ENOENT')
  })
})
