import { chownSync, existsSync, lchownSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { claimDefaultDirectory, defaultDirectory } from './default-directory.js'

const isRoot = process.getuid?.() === 0

const stranger = 65534

/** An empty directory for temporary files, and the two names in it. */
function temporary() {
  const tmp = temporaryDirectory()
  vi.stubEnv('TMPDIR', tmp)
  onTestFinished(() => void vi.unstubAllEnvs())
  const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  return { tmp, first: join(tmp, 'autodump'), second: join(tmp, `autodump-${process.geteuid?.()}`), logger }
}

describe.skipIf(process.platform === 'win32')('the default directory', () => {
  it('is autodump, and is made closed to others', () => {
    const { tmp, first, logger } = temporary()
    expect(defaultDirectory()).toBe(first)
    expect(readdirSync(tmp)).toEqual([])
    expect(claimDefaultDirectory(logger)).toBe(first)
    expect(statSync(first).mode & 0o777).toBe(0o700)
    expect(claimDefaultDirectory(logger)).toBe(first)
    expect(logger.warn).not.toHaveBeenCalled()
  })

  it.runIf(isRoot).each(['directory', 'link'])(
    'is one of our own where another user has made a %s of that name',
    kind => {
      const { tmp, first, second, logger } = temporary()
      if (kind === 'link') symlinkSync(tmp, first)
      else mkdirSync(first)
      lchownSync(first, stranger, stranger)
      expect(defaultDirectory()).toBe(second)
      expect(claimDefaultDirectory(logger)).toBe(second)
      expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining(`dumps go to ${second}`))
      // Whoever looks later finds it also when the other one is gone.
      rmSync(first, { recursive: true })
      expect([defaultDirectory(), existsSync(second)]).toEqual([second, true])
    },
  )

  it.runIf(isRoot)('is not one that another user has made under our own name', () => {
    const { first, second, logger } = temporary()
    mkdirSync(second)
    chownSync(second, stranger, stranger)
    expect(claimDefaultDirectory(logger)).toBe(first)
  })
})
