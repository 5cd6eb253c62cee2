import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { CodePlace } from './places.js'
import { createSourceMaps } from './source-maps.js'

const longAgo = new Date('2026-01-01T00:00:00Z')

/** Files in a directory of their own, as old as a deployment. */
function deployed(files: Record<string, string>): { dir: string; url(file: string): string } {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-maps-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(dir, file, '..'), { recursive: true })
    writeFileSync(join(dir, file), content)
    utimesSync(join(dir, file), longAgo, longAgo)
  }
  return { dir, url: file => pathToFileURL(join(dir, file)).href }
}

// `function a(b){…}`: at column 0 its keyword, at 9 its name and at 11 its parameter; all from line 7 of the source.
const mappings = 'AAMA,SAASA,EAAaC'

const code = 'function a(b){return b}'

const map = (more: object = {}) =>
  JSON.stringify({ version: 3, sources: ['../src/shop.ts'], names: ['priceOf', 'order'], mappings, ...more })

const linked = `${code}\n//# sourceMappingURL=app.js.map\n`

const base64 = (json: string) => `data:application/json;charset=utf-8;base64,${Buffer.from(json).toString('base64')}`

const at = (url: string, more: Partial<CodePlace> = {}): CodePlace => ({ name: 'a', url, line: 1, column: 11, ...more })

async function originals(places: CodePlace[], options: { quick?: boolean; cwd?: string } = {}) {
  const withSourceMaps = createSourceMaps({ cwd: options.cwd ?? '/srv/shop' })
  return withSourceMaps(originalOf => places.map(place => originalOf(place)), options)
}

describe('a place in compiled code', () => {
  it('is named by what was written: function, file and line, from a map beside the script', async () => {
    const { url } = deployed({ 'dist/app.js': linked, 'dist/app.js.map': map() })
    const place = { name: 'priceOf', url: url('src/shop.ts'), line: 7, column: 10 }
    expect(await originals([at(url('dist/app.js'))])).toEqual([place])
    // v8-profiler-next names scripts of CommonJS by their paths.
    expect(await originals([at(new URL(url('dist/app.js')).pathname)])).toEqual([place])
  })

  it.each([
    ['a data: URL', base64(map())],
    ['a data: URL that is not in base64', `data:application/json,${encodeURIComponent(map())}`],
  ])('is found by %s', async (_, comment) => {
    const { url } = deployed({ 'dist/app.js': `${code}\n//# sourceMappingURL=${comment}` })
    expect(await originals([at(url('dist/app.js'))])).toMatchObject([
      { name: 'priceOf', url: url('src/shop.ts'), line: 7 },
    ])
  })

  it('is found by the map beside the script where no comment names one', async () => {
    const { url } = deployed({ 'dist/app.js': code, 'dist/app.js.map': map() })
    expect(await originals([at(url('dist/app.js'))])).toMatchObject([{ name: 'priceOf' }])
  })

  it.each([
    [
      'a source root',
      { sourceRoot: 'lib', sources: ['shop.ts'] },
      (url: (file: string) => string) => url('dist/lib/shop.ts'),
    ],
    ['an absolute source root', { sourceRoot: '/build/src', sources: ['shop.ts'] }, () => 'file:///build/src/shop.ts'],
    ['webpack', { sources: ['webpack://shop/./src/shop.ts?1a2b'] }, () => 'file:///srv/shop/src/shop.ts'],
    ['webpack without a name', { sources: ['webpack:///./src/shop.ts'] }, () => 'file:///srv/shop/src/shop.ts'],
    ['webpack with an absolute path', { sources: ['webpack:////opt/src/shop.ts'] }, () => 'file:///opt/src/shop.ts'],
    ['turbopack', { sources: ['turbopack://[project]/src/shop.ts'] }, () => 'file:///srv/shop/src/shop.ts'],
    ['another server', { sources: ['https://cdn.example/shop.ts'] }, () => 'https://cdn.example/shop.ts'],
  ])('is told where %s says', async (_, more, expected) => {
    const { url } = deployed({ 'dist/app.js': linked, 'dist/app.js.map': map(more) })
    expect((await originals([at(url('dist/app.js'))]))[0]?.url).toBe(expected(url))
  })

  it('has the name that it has where the map gives none, or gives that of another identifier', async () => {
    const { url } = deployed({
      'dist/app.js': `const a=b=>b*2;\n//# sourceMappingURL=app.js.map`,
      // Column 6 is the variable, with a name; 8 the parameter, with one as well.
      'dist/app.js.map': map({ mappings: 'AAMA,MAAMA,EAAEC' }),
      'dist/plain.js': `${code}\n//# sourceMappingURL=plain.js.map`,
      'dist/plain.js.map': map({ mappings: 'AAMA,SAAS,EAAa' }),
    })
    const named = await originals([
      at(url('dist/app.js'), { column: 9 }),
      at(url('dist/app.js'), { name: '(anonymous)', column: 9 }),
      at(url('dist/plain.js')),
    ])
    expect(named.map(place => place?.name)).toEqual(['priceOf', '(anonymous)', 'a'])
  })

  it('is left as it is where the map says nothing of it', async () => {
    const { url } = deployed({
      'dist/app.js': linked,
      'dist/app.js.map': map({ mappings: 'A,SAAAA' }),
      'dist/none.js': `${code}\n//# sourceMappingURL=none.js.map`,
      'dist/none.js.map': map({ sources: [null] }),
    })
    const places = [at(url('dist/app.js'), { column: 1 }), at(url('dist/none.js')), at(url('dist/app.js'), { line: 0 })]
    expect(await originals(places)).toEqual([null, null, null])
  })

  it.each([
    ['is not there', undefined],
    ['is not JSON', '<html>'],
    ['has no mappings', '{"version":3}'],
    ['has broken mappings', map({ mappings: 7 })],
    ['has mappings to sources that are not there', map({ mappings: 'AgBAA' })],
    ['is a number', '7'],
  ])('is left as it is where the map %s', async (_, content) => {
    const { url } = deployed({ 'dist/app.js': linked, ...(content && { 'dist/app.js.map': content }) })
    expect(await originals([at(url('dist/app.js'))])).toEqual([null])
  })

  it('never leads to another machine, or to what is no file', async () => {
    const dist = (comment: string) => `${code}\n//# sourceMappingURL=${comment}`
    const { url } = deployed({
      'dist/web.js': dist('https://example.com/app.js.map'),
      'dist/share.js': dist('file://host/share/app.js.map'),
      'dist/device.js': dist('/dev/zero'),
      'dist/directory.js': dist('.'),
      'dist/code.js': `const text = "//# sourceMappingURL=app.js.map"\n${code}`,
      'dist/app.js.map': map(),
    })
    const scripts = ['web', 'share', 'device', 'directory', 'code'].map(name => at(url(`dist/${name}.js`)))
    const elsewhere = ['https://example.com/app.js', 'file://host/app.js', 'evalmachine.<anonymous>', ''].map(name =>
      at(name),
    )
    expect((await originals([...scripts, ...elsewhere])).filter(Boolean)).toEqual([])
  })

  it('is left as it is where the script or its map was written after the process started', async () => {
    const { dir, url } = deployed({ 'dist/app.js': linked, 'dist/app.js.map': map() })
    const now = new Date(Date.now() + 1000)
    utimesSync(join(dir, 'dist/app.js.map'), now, now)
    expect(await originals([at(url('dist/app.js'))])).toEqual([null])
    utimesSync(join(dir, 'dist/app.js.map'), longAgo, longAgo)
    utimesSync(join(dir, 'dist/app.js'), now, now)
    expect(await originals([at(url('dist/app.js'))])).toEqual([null])
  })

  it('is left as it is where the map is too large for the time that is left, and found when there is more', async () => {
    const large = map({ sourcesContent: ['x'.repeat(9 * 1024 ** 2)] })
    const { url } = deployed({ 'dist/app.js': linked, 'dist/app.js.map': large })
    const withSourceMaps = createSourceMaps()
    const ask = (quick: boolean) => withSourceMaps(originalOf => originalOf(at(url('dist/app.js'))), { quick })
    expect(await ask(true)).toBeNull()
    expect(await ask(false)).toMatchObject({ name: 'priceOf' })
    // By now it is known.
    expect(await ask(true)).toMatchObject({ name: 'priceOf' })
  })

  it('is left as it is where its map would take more memory than there is', async () => {
    const { url } = deployed({ 'dist/app.js': linked, 'dist/app.js.map': map() })
    let room = 0
    const withSourceMaps = createSourceMaps({ room: () => room })
    const ask = () => withSourceMaps(originalOf => originalOf(at(url('dist/app.js'))))
    expect(await ask()).toBeNull()
    room = 1024 ** 2
    expect(await ask()).toMatchObject({ name: 'priceOf' })
  })

  it('is found in a map of sections', async () => {
    const sections = JSON.stringify({
      version: 3,
      sections: [{ offset: { line: 0, column: 0 }, map: JSON.parse(map()) }],
    })
    const { url } = deployed({ 'dist/app.js': linked, 'dist/app.js.map': sections })
    expect(await originals([at(url('dist/app.js'))])).toMatchObject([{ name: 'priceOf', url: url('src/shop.ts') }])
  })

  it('is never read from a map of more than 32 MiB', async () => {
    const huge = map({ sourcesContent: ['x'.repeat(33 * 1024 ** 2)] })
    const { url } = deployed({ 'dist/app.js': linked, 'dist/app.js.map': huge })
    expect(await originals([at(url('dist/app.js'))])).toEqual([null])
  })
})

describe('an analysis', () => {
  it('runs once where no map knows any of its places', async () => {
    const { url } = deployed({ 'src/app.js': code })
    let runs = 0
    const result = await createSourceMaps()(originalOf => {
      originalOf(at(url('src/app.js')))
      return ++runs
    })
    expect([runs, result]).toEqual([1, 1])
  })

  it('that throws makes the dump fail as it did before', async () => {
    const failing = createSourceMaps()(() => {
      throw new Error('a defect')
    })
    await expect(failing).rejects.toThrow('a defect')
  })
})
