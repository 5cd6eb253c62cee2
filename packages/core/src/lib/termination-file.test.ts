import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { markOf, mayReplace, writeTerminationFile } from './termination-file.js'

function place(content = '') {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-termination-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const path = join(dir, 'termination-log')
  writeFileSync(path, content)
  return { dir, path, read: () => readFileSync(path, 'utf8') }
}

describe('writeTerminationFile', () => {
  it('writes in place, whole, whether the text grows or shrinks', () => {
    const { path, read } = place()
    const { ino } = statSync(path)
    for (const length of [3000, 10, 4000, 1]) {
      const text = `${markOf(process.pid)}${'x'.repeat(length)}\n`
      expect(writeTerminationFile(path, text)).toBe(true)
      expect(read()).toBe(text)
    }
    expect(statSync(path).ino).toBe(ino)
  })

  it('does not write what is there already', () => {
    const { path } = place()
    const text = `${markOf(process.pid)}calm\n`
    writeTerminationFile(path, text)
    const before = statSync(path, { bigint: true }).mtimeNs
    expect(writeTerminationFile(path, text)).toBe(true)
    expect(statSync(path, { bigint: true }).mtimeNs).toBe(before)
  })

  it('leaves the words of the app alone', () => {
    const { path, read } = place('the app says why it ends')
    expect(writeTerminationFile(path, `${markOf(process.pid)}calm\n`, { isUrgent: true })).toBe(false)
    expect(read()).toBe('the app says why it ends')
  })

  it('never makes the file, and writes into no directory and through no link', () => {
    const { dir, path, read } = place()
    mkdirSync(join(dir, 'directory'))
    symlinkSync(path, join(dir, 'link'))
    for (const name of ['missing', 'directory', 'link'])
      expect(() => writeTerminationFile(join(dir, name), 'x')).toThrow()
    expect(() => writeTerminationFile('/dev/null', 'x')).toThrow('not a regular file')
    expect(read()).toBe('')
  })
})

describe('mayReplace', () => {
  const facts = { pid: 7, isUrgent: false, isAlive: (pid: number) => pid === 8 }

  it.each([
    ['an empty file', '', {}, true],
    ['its own text', `${markOf(7)}calm`, {}, true],
    ['its own last words', `${markOf(7, true)}uncaught`, { isUrgent: true }, false],
    ['the text of a living process', `${markOf(8)}calm`, {}, false],
    ['the text of a living process, when it is urgent', `${markOf(8)}calm`, { isUrgent: true }, true],
    ['the last words of a dead process', `${markOf(9, true)}uncaught`, {}, true],
    ['other text', 'autodump, process x: ', { isUrgent: true }, false],
  ])('%s', (_name, current, more, expected) => expect(mayReplace(current, { ...facts, ...more })).toBe(expected))
})
