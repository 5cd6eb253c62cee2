import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { profileOf } from '../testing/profile-of.js'
import { findInAsyncStacks } from './async-stacks.js'
import { analyseCpu } from './cpu.js'
import { asItIs, type CodePlace, locate, placeOf, setProgram } from './places.js'

const place = (url: string) => placeOf(url, '/srv/shop')

describe('the place of a function', () => {
  it.each([
    ['file:///srv/shop/src/cart.js', 'src/cart.js'],
    ['/srv/shop/src/cart.js', 'src/cart.js'],
    ['file:///srv/shop/with%20space/%C3%A4.js', 'with space/ä.js'],
    ['file:///srv/other/lib.js', '/srv/other/lib.js'],
    ['file:///srv/shop-tools/lib.js', '/srv/shop-tools/lib.js'],
    ['webpack://shop/./src/cart.ts', 'webpack://shop/./src/cart.ts'],
    ['evalmachine.<anonymous>', 'evalmachine.<anonymous>'],
    ['file:///%zz.js', 'file:///%zz.js'],
  ])('is in the app: %s', (url, file) => {
    expect(place(url)).toEqual({ owner: 'app', file })
  })

  it.each([
    ['file:///srv/shop/node_modules/fastify/lib/reply.js', 'fastify/lib/reply.js'],
    ['/srv/shop/node_modules/@scope/name/index.js', '@scope/name/index.js'],
    ['file:///srv/shop/node_modules/.pnpm/ajv@8.20.0/node_modules/ajv/dist/core.js', 'ajv/dist/core.js'],
    ['file:///srv/shop/node_modules/a/node_modules/b/b.js', 'b/b.js'],
  ])('is in a package, the innermost: %s', (url, file) => {
    expect(place(url)).toEqual({ owner: 'package', file })
  })

  it.each(['', 'wasm://wasm/8a2f', 'node:internal/timers', 'node:fs', 'native array.js'])(
    'is in the runtime: %j',
    url => {
      expect(place(url)).toEqual({ owner: 'runtime', file: url })
    },
  )

  it.each([
    new URL('./places.js', import.meta.url).href,
    fileURLToPath(new URL('../app/monitor.js', import.meta.url)),
    'file:///srv/shop/node_modules/@autodump/core/dist/monitor.js',
    'file:///srv/shop/node_modules/.pnpm/@autodump+fastify@1.0.0/node_modules/@autodump/fastify/dist/index.js',
    '/srv/shop/node_modules/v8-profiler-next/dispatch.js',
  ])('is our own: %s', url => {
    expect(place(url).owner).toBe('autodump')
  })

  it('is not ours because the name looks like it', () => {
    expect(place('file:///srv/shop/src/autodump.js').owner).toBe('app')
    expect(place('file:///srv/shop/node_modules/autodump-theme/x.js').owner).toBe('package')
  })
})

describe('a function', () => {
  const ran: CodePlace = { name: 'a', url: 'file:///app/dist/server.js', line: 1, column: 900 }

  it('is where it was written, and says where it ran', () => {
    const original = () => ({ name: 'priceOf', url: 'file:///app/src/shop.ts', line: 7, column: 3 })
    expect(locate(ran, '/app', original)).toEqual({
      name: 'priceOf',
      owner: 'app',
      file: 'src/shop.ts',
      line: 7,
      column: 3,
      generated: 'dist/server.js:1:900',
    })
  })

  it('belongs to the package that was bundled', () => {
    const original = () => ({ name: 'merge', url: 'file:///app/node_modules/lodash/merge.js', line: 2, column: 1 })
    expect(locate(ran, '/app', original)).toMatchObject({ owner: 'package', file: 'lodash/merge.js' })
    const ours = () => ({ name: 'scan', url: 'file:///app/node_modules/@autodump/core/dist/a.js', line: 2, column: 1 })
    expect(locate(ran, '/app', ours).owner).toBe('autodump')
  })

  it('is where it ran if nothing else is known, and for the runtime nobody is asked', () => {
    expect(locate(ran, '/app', asItIs)).toEqual({
      name: 'a',
      owner: 'app',
      file: 'dist/server.js',
      line: 1,
      column: 900,
    })
    const never = () => {
      throw new Error('asked')
    }
    expect(locate({ ...ran, url: 'node:fs' }, '/app', never)).toMatchObject({ owner: 'runtime', file: 'node:fs' })
  })
})

describe('a program that lies in a package', () => {
  afterEach(() => setProgram('/srv/server.js'))

  const shop = '/usr/lib/node_modules/@acme/shop'
  const serve = `serve ${shop}/dist/serve.js:4`
  const parse = `parse ${shop}/node_modules/csv/parse.js:7`

  it('is the app, and the packages in it and beside it are packages', () => {
    setProgram(`${shop}/bin/shop.js`)
    const { culprit } = analyseCpu(profileOf([60, serve, parse], [40, serve]), '/srv')
    expect(culprit).toMatchObject({
      function: { name: 'parse', owner: 'package', file: 'csv/parse.js' },
      calledBy: { name: 'serve', owner: 'app', file: '@acme/shop/dist/serve.js' },
    })
    expect(
      analyseCpu(profileOf([60, 'send /usr/lib/node_modules/express/send.js:1']), '/srv').functions[0]?.owner,
    ).toBe('package')
  })

  it('is a package like others where code outside of packages takes part: then it runs the app', () => {
    setProgram(`${shop}/bin/shop.js`)
    const app = 'page /srv/app/page.js:3'
    const { culprit } = analyseCpu(profileOf([90, app, serve], [10, app]), '/srv')
    expect(culprit).toMatchObject({ function: { name: 'serve', owner: 'package' }, calledBy: { name: 'page' } })
    const settings = analyseCpu(profileOf([98, serve], [2, 'settings /srv/settings.js:1']), '/srv')
    expect(settings.culprit?.function).toMatchObject({ name: 'serve', owner: 'app' })
  })

  it('waits in its own functions', () => {
    setProgram(`${shop}/bin/shop.js`)
    const frame = (name: string, file: string, owner?: string) => ({
      function: name,
      file: `file://${file}`,
      line: 5,
      column: 1,
      ...(owner && { package: owner }),
    })
    const chain = (...frames: unknown[]) =>
      ({ groups: [{ count: 3, frames, waitsOn: null }], total: 3, source: 'heap-snapshot' }) as never
    const own = frame('reserveStock', `${shop}/dist/stock.js`, '@acme/shop')
    const foreign = frame('acquire', `${shop}/node_modules/pool/pool.js`, 'pool')
    expect(findInAsyncStacks(chain(foreign, own), '/srv').map(({ text }) => text)).toEqual([
      '3 async calls wait in reserveStock (@acme/shop/dist/stock.js:5)',
    ])
    expect(findInAsyncStacks(chain(own, frame('page', '/srv/page.js')), '/srv')[0]?.text).toContain(
      'wait in page (page.js:5)',
    )
  })
})
