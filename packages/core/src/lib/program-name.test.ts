import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { programDirectory, programName } from './program-name.js'

function project() {
  const root = temporaryDirectory()
  const put = (path: string, text = '') => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
    return join(root, path)
  }
  put('shop/package.json', '{"name":"@acme/shop"}')
  put('shop/dist/package.json', '{"type":"module"}')
  put('shop/node_modules/next/package.json', '{"name":"next"}')
  const script = put('shop/dist/server.js')
  const next = put('shop/node_modules/next/dist/bin/next')
  mkdirSync(join(root, 'shop/node_modules/.bin'))
  symlinkSync(next, join(root, 'shop/node_modules/.bin/next'))
  return { root, put, script, bin: join(root, 'shop/node_modules/.bin/next') }
}

describe('the name of a program', () => {
  it('is that of its package', () => {
    const { root, script } = project()
    expect(programName(script, '/')).toBe('@acme/shop')
    expect(programName(join(root, 'shop/dist/missing.js'), '/')).toBe('@acme/shop')
  })

  it('is that of the working directory where an installed tool runs it', () => {
    const { root, bin } = project()
    expect(programName(bin, join(root, 'shop'))).toBe('@acme/shop')
    expect(programName(bin, '/')).toBe('next')
  })

  it('is that of the script where there is no package', () => {
    const { put } = project()
    expect(programName(put('worker.mjs'), '/')).toBe('worker')
    put('package.json', '{"name":7}')
    expect(programName(put('worker.cts'), '/')).toBe('worker')
    expect(programName(undefined, '/')).toBe('node')
  })

  it.each([
    ['@acme/shop', 'acme-shop'],
    ['../../etc', 'etc'],
    ['.hidden', 'hidden'],
    ['a'.repeat(300), 'a'.repeat(64)],
    ['..', 'node'],
    ['Größe 2', 'Gr-e-2'],
  ])('%s is the directory %s', (name, directory) => expect(programDirectory(name)).toBe(directory))
})
