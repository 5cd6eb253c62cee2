import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { ownPackage, packageDirectories, version } from './installed-package.js'

function aPackage(name: string): string {
  const directory = temporaryDirectory()
  mkdirSync(join(directory, 'dist/bundle'), { recursive: true })
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name }))
  return directory
}

const fileIn = (directory: string) => pathToFileURL(join(directory, 'dist/bundle/index.js')).href

describe('the directory of the package', () => {
  it('is the one that this code lies in, unless that is the bundle of an app', () => {
    const core = aPackage('@autodump/core')
    expect(ownPackage(fileIn(core))).toBe(core)
    for (const here of [fileIn(aPackage('shop')), 'file:///nowhere/index.js', 'webpack://x/index.js', null])
      expect(ownPackage(here)).toBe(null)
  })

  it('is given up where its package.json cannot be read', () => {
    const broken = aPackage('@autodump/core')
    writeFileSync(join(broken, 'package.json'), '{')
    expect(ownPackage(fileIn(broken))).toBe(null)
  })

  it('is looked for here first, and where it is installed next', () => {
    const core = aPackage('@autodump/core')
    expect(packageDirectories(ownPackage(fileIn(core)), () => '/app/core')).toEqual([core, '/app/core'])
    expect(packageDirectories(ownPackage(fileIn(core)), () => core)).toEqual([core])
    expect(packageDirectories(ownPackage(fileIn(aPackage('shop'))), () => '/app/core')).toEqual(['/app/core'])
    expect(packageDirectories(null, () => null)).toEqual([])
    expect(packageDirectories()[0]).toMatch(/packages.core$/)
  })

  it('tells the version', () => {
    expect(version).toMatch(/^\d+\.\d+\.\d+/)
  })
})
