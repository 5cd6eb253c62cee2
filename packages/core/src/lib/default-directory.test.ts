import { chownSync, existsSync, lchownSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { claimDefaultDirectory, defaultDirectories, defaultDirectory } from './default-directory.js'

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
  it('is one of the program in autodump, and is made closed to others', () => {
    const { tmp, first, logger } = temporary()
    expect(defaultDirectory('@acme/shop')).toBe(join(first, 'acme-shop'))
    expect(readdirSync(tmp)).toEqual([])
    expect(claimDefaultDirectory(logger, 'shop')).toBe(join(first, 'shop'))
    expect(statSync(first).mode & 0o777).toBe(0o700)
    expect(claimDefaultDirectory(logger, 'shop')).toBe(join(first, 'shop'))
    expect(logger.warn).not.toHaveBeenCalled()
  })

  it('is found by the command line, whichever program it is of, and those of earlier versions too', () => {
    const { first } = temporary()
    expect(defaultDirectories()).toEqual([first])
    for (const name of ['shop', 'till']) mkdirSync(join(first, name), { recursive: true })
    expect(defaultDirectories().sort()).toEqual([join(first, 'shop'), join(first, 'till')])
    mkdirSync(join(first, '20261124T013512123Z-42-cpu-spike'))
    expect(defaultDirectories().sort()).toEqual([first, join(first, 'shop'), join(first, 'till')])
  })

  it.runIf(isRoot).each(['directory', 'link'])(
    'is one of our own where another user has made a %s of that name',
    kind => {
      const { tmp, first, second, logger } = temporary()
      if (kind === 'link') symlinkSync(tmp, first)
      else mkdirSync(first)
      lchownSync(first, stranger, stranger)
      expect(defaultDirectory('shop')).toBe(join(second, 'shop'))
      expect(claimDefaultDirectory(logger, 'shop')).toBe(join(second, 'shop'))
      expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining(`dumps go to ${join(second, 'shop')}`))
      // A later look finds it also when the other one is gone.
      rmSync(first, { recursive: true })
      expect([defaultDirectory('shop'), existsSync(second)]).toEqual([join(second, 'shop'), true])
    },
  )

  it.runIf(isRoot)('is not one that another user has made under our own name', () => {
    const { first, second, logger } = temporary()
    mkdirSync(second)
    chownSync(second, stranger, stranger)
    expect(claimDefaultDirectory(logger, 'shop')).toBe(join(first, 'shop'))
  })
})
