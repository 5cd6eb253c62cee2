import { describe, expect, it } from 'vitest'
import { isFileMissing, threadFiles } from './thread-file.js'

const installed = () => '/app/node_modules/@autodump/core/dist/thread/entry.js'
const unbundled = 'file:///app/node_modules/@autodump/core/dist/thread/thread-file.js'

describe('the file of the monitor thread', () => {
  it('is the one beside us', () => {
    expect(threadFiles(null, unbundled, () => null)).toEqual([installed()])
    expect(threadFiles(null)[0]).toMatch(/thread.entry\.js$/)
  })

  it('is the installed one where we are part of a bundle, and never another file called entry.js', () => {
    expect(threadFiles(null, 'file:///app/dist/server.js', installed)).toEqual([installed()])
    expect(threadFiles(null, null, installed)).toEqual([installed()])
    expect(threadFiles(null, 'file:///app/dist/server.js', () => null)).toEqual([])
  })

  it('is tried where it was built first, and where it is installed next', () => {
    const built = 'file:///build/node_modules/@autodump/core/dist/thread/thread-file.js'
    const there = '/build/node_modules/@autodump/core/dist/thread/entry.js'
    expect(threadFiles(null, built, installed)).toEqual([there, installed()])
    expect(threadFiles(null, unbundled, installed)).toEqual([installed()])
  })

  it('is what the option says, and no other', () => {
    expect(threadFiles('/app/dist/autodump.js', unbundled, installed)).toEqual(['/app/dist/autodump.js'])
  })

  it('is missing when Node says so, and not when the thread fails', () => {
    expect(isFileMissing(Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }))).toBe(true)
    expect(isFileMissing(new Error('x'))).toBe(false)
  })
})
