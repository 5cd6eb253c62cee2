import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { CodePlace } from './places.js'
import { createSourceMaps } from './source-maps.js'

const fixtures = fileURLToPath(new URL('../../../../test/fixtures/compiled/webpack', import.meta.url))

const longAgo = new Date('2026-01-01T00:00:00Z')

/** The output of webpack and terser, in a directory of its own, as old as a deployment. */
function deployed({ withSource }: { withSource: boolean }) {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'autodump-webpack-')))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  for (const folder of withSource ? ['out', 'src'] : ['out']) {
    mkdirSync(join(dir, folder))
    for (const file of readdirSync(join(fixtures, folder))) {
      cpSync(join(fixtures, folder, file), join(dir, folder, file))
      utimesSync(join(dir, folder, file), longAgo, longAgo)
    }
  }
  return { dir, priceTs: pathToFileURL(join(dir, 'src', 'price.ts')).href }
}

/** Where V8 says that the function around a piece of a bundle begins: at its parameters. */
function placeIn(path: string, piece: string, name: string): CodePlace {
  const text = readFileSync(path, 'utf8')
  const at = text.indexOf(piece)
  const start = text.lastIndexOf('(', text.lastIndexOf('{', at))
  const lines = text.slice(0, start).split('\n')
  return { name, url: pathToFileURL(path).href, line: lines.length, column: (lines.at(-1) as string).length + 1 }
}

const body = /performance\.now\(\) ?\+ ?\w+/

const bodyIn = (path: string) => body.exec(readFileSync(path, 'utf8'))?.[0] as string

async function original(place: CodePlace, cwd: string) {
  return createSourceMaps({ cwd })(originalOf => originalOf(place))
}

describe('a function in what webpack and terser made', () => {
  // The second is what V8 calls a function that terser has put into its caller.
  it.each(['t', 'rows.Array.from.length', '(anonymous)'])('is named by the source: %s', async name => {
    const { dir, priceTs } = deployed({ withSource: false })
    const path = join(dir, 'out', 'source-map.min.cjs')
    expect(await original(placeIn(path, bodyIn(path), name), dir)).toMatchObject({
      name: 'priceBasket',
      url: priceTs,
      line: 12,
    })
  })

  it('is named by the file where the map leaves the source out', async () => {
    const { dir, priceTs } = deployed({ withSource: true })
    const path = join(dir, 'out', 'nosources-source-map.min.cjs')
    const place = placeIn(path, bodyIn(path), 'rows.Array.from.length')
    expect(await original(place, dir)).toMatchObject({ name: 'priceBasket', url: priceTs, line: 12 })
    // A file that is younger than the process may be another one.
    utimesSync(join(dir, 'src', 'price.ts'), new Date(Date.now() + 1000), new Date(Date.now() + 1000))
    expect(await original(place, dir)).toMatchObject({ name: 'rows.Array.from.length', url: priceTs, line: 12 })
  })

  it('is where it ran where the map has one line for all of the bundle', async () => {
    const { dir } = deployed({ withSource: true })
    const path = join(dir, 'out', 'cheap-module-source-map.min.cjs')
    const place = placeIn(path, bodyIn(path), 't')
    expect(await original(place, dir)).toEqual({
      ...place,
      code: expect.stringMatching(/^function t\(e,r\)\{const t=perf/),
    })
  })

  it('is where it was written where the map has no columns but the bundle its lines', async () => {
    const { dir, priceTs } = deployed({ withSource: false })
    const path = join(dir, 'out', 'cheap-module-source-map.cjs')
    const place = placeIn(path, bodyIn(path), 'priceBasket')
    expect(await original(place, dir)).toMatchObject({ name: 'priceBasket', url: priceTs, line: 12 })
  })

  it('of the bundler itself is where it ran', async () => {
    const { dir } = deployed({ withSource: true })
    const path = join(dir, 'out', 'source-map.min.cjs')
    const place = placeIn(path, 'Object.prototype.hasOwnProperty', 'o')
    const found = await original(place, dir)
    expect(found?.url).not.toMatch(/price|index/)
  })
})
