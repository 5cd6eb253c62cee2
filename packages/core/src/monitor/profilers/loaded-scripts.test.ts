import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createSourceMaps } from '../../analysis/source-maps.js'
import { openLocalLink } from '../../link/local-link.js'
import { temporaryDirectory } from '../../testing/dumps.js'
import { askForScripts } from './loaded-scripts.js'

const bundles = new URL('../../../../../test/fixtures/compiled/webpack/out/', import.meta.url)

const openLink = () => openLocalLink({ hooks: {} as never })

const ask = (urls: string[]) => askForScripts(openLink, urls)

/** Where a function of a text begins, as V8 says it. */
function placeOf(name: string, url: string, text: string) {
  const start = text.indexOf(`${name}(`) + name.length
  const lines = text.slice(0, start).split('\n')
  return { name, url, line: lines.length, column: (lines.at(-1) as string).length + 1 }
}

/** Runs a bundle of webpack's, whose modules are texts for `eval`. */
function run(file: string) {
  const path = fileURLToPath(new URL(file, bundles))
  const exports = {}
  vm.compileFunction(readFileSync(path, 'utf8'), ['module', 'exports', 'require'], { filename: path })(
    { exports },
    exports,
  )
  return readFileSync(path, 'utf8')
}

describe('a script that is no file', () => {
  it('is known by its text and map', async () => {
    const [url = ''] = /webpack[\w-]*:\/\/[^\s\\?"]*price\.ts/.exec(run('eval-source-map.cjs')) ?? []
    const scripts = await ask([url, 'file:///not/loaded.js'])
    expect([...scripts.keys()]).toEqual([url])
    const { text, mapUrl } = scripts.get(url) as { text: string; mapUrl: string }
    expect(mapUrl).toMatch(/^data:application\/json/)

    const place = placeOf('priceBasket', url, text)
    const withSourceMaps = createSourceMaps({ cwd: '/srv/shop' })
    const original = await withSourceMaps(originalOf => originalOf(place), { askForScripts: ask })
    expect(original).toMatchObject({ name: 'priceBasket', url: 'file:///srv/shop/src/price.ts', line: 12 })
  })

  it('has a name and no line where it has no map', async () => {
    const [url = ''] = /webpack[\w-]*:\/\/[^\s\\?"]*price\.ts/.exec(run('eval.cjs')) ?? []
    const place = placeOf('priceBasket', url, (await ask([url])).get(url)?.text as string)
    const withSourceMaps = createSourceMaps({ cwd: '/srv/shop' })
    for (const askForScripts of [ask, undefined])
      expect(await withSourceMaps(originalOf => originalOf(place), { askForScripts })).toEqual({
        name: 'priceBasket',
        url: 'file:///srv/shop/src/price.ts',
        line: 0,
        column: 0,
      })
  })
})

describe('a file that was compiled while it was loaded', () => {
  const source =
    '// A comment.\ninterface A {\n  a: number\n}\nexport function priceBasket(a: A): number { return a.a }\n'
  const ran = 'function priceBasket(a){return a.a}'
  const map = JSON.stringify({
    version: 3,
    sources: ['shop.ts'],
    sourcesContent: [source],
    names: [],
    mappings: 'AAIO,SAASA',
  })
  const inline = `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`

  function load(text: string) {
    const path = join(temporaryDirectory(), 'shop.ts')
    writeFileSync(path, source)
    // A function of the global object, so that it stays loaded.
    vm.runInThisContext(text, { filename: path })
    const url = pathToFileURL(path).href
    return { place: placeOf('priceBasket', url, text), url }
  }
  const startedAt = Date.now() + 3600_000
  const original = (place: ReturnType<typeof placeOf>, askForScripts?: typeof ask) =>
    createSourceMaps({ startedAt })(originalOf => originalOf(place), { ...(askForScripts && { askForScripts }) })

  it('is where it was written, by the map in the text that ran', async () => {
    const { place, url } = load(ran + inline)
    expect(await original(place, ask)).toMatchObject({ name: 'priceBasket', url, line: 5 })
  })

  it('has a name and no line where nobody has a map', async () => {
    const { place, url } = load(ran)
    const unknown = { name: 'priceBasket', url, line: 0, column: 0 }
    expect(await original(place, ask)).toEqual(unknown)
    expect(await original(place)).toEqual(unknown)
    expect(await original(place, () => Promise.reject(new Error('the app thread is busy')))).toEqual(unknown)
  })

  it('has the lines of the file where only types were blanked out, without asking', async () => {
    const stripped = source
      .replace(/interface[^}]*}/, text => text.replace(/[^\n]/g, ' '))
      .replace(/: A|: number(?= {)/g, text => ' '.repeat(text.length))
    const { place } = load(stripped.replace('export', '      '))
    const never = () => Promise.reject(new Error('was asked'))
    expect(place.line).toBe(5)
    expect(await original(place, never)).toBeNull()
    // The place of a call says less, so it is asked for; the text has the same places.
    expect(await original({ ...place, column: place.column + 30 }, ask)).toBeNull()
  })
})
