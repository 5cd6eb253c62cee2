import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { isFileMissing, threadFiles } from './thread-file.js'

const file = 'dist/bundle/monitor-thread.js'

/** A directory that has the file. */
function aPackage(): string {
  const directory = temporaryDirectory()
  mkdirSync(join(directory, 'dist/bundle'), { recursive: true })
  writeFileSync(join(directory, file), '')
  return directory
}

describe('the file of the monitor thread', () => {
  it('is looked for in every place that has the package', () => {
    const [own, installed] = [aPackage(), aPackage()]
    expect(threadFiles(null, [own, installed])).toEqual([join(own, file), join(installed, file)])
    expect(threadFiles(null, [temporaryDirectory(), installed])).toEqual([join(installed, file)])
    expect(threadFiles(null, [])).toEqual([])
    expect(threadFiles(null)).toHaveLength(1)
  })

  it('is what the option says, and no other', () => {
    expect(threadFiles('/app/dist/autodump.js', [aPackage()])).toEqual(['/app/dist/autodump.js'])
  })

  it('is missing when Node says so, and not when the thread fails', () => {
    expect(isFileMissing(Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }))).toBe(true)
    expect(isFileMissing(new Error('x'))).toBe(false)
  })
})
