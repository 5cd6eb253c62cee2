import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { excerptsOf, sourceRoots } from './source-excerpts.js'

const startedAt = Date.UTC(2026, 10, 29)

const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\n')

/** Writes a file that is older than the process. */
function plant(dir: string, file: string, content = lines, changedAt = startedAt - 1000): void {
  mkdirSync(join(dir, file, '..'), { recursive: true })
  writeFileSync(join(dir, file), content)
  utimesSync(join(dir, file), changedAt / 1000, changedAt / 1000)
}

const place = (file: string, line = 10, owner = 'app') => ({
  kind: 'hot-function',
  text: '',
  data: { file, line, owner },
})

describe('source lines', () => {
  let dir: string

  beforeEach(() => {
    dir = temporaryDirectory()
  })

  it('are those around each place that a finding names, once', async () => {
    plant(dir, 'src/ranking.js')
    plant(dir, 'src/orders.ts')
    const culprit = { kind: 'culprit', text: '', data: { function: { file: 'src/orders.ts', line: 1, owner: 'app' } } }
    const found = await excerptsOf([place('src/ranking.js'), place('src/ranking.js'), culprit], [dir], startedAt)
    expect(found).toEqual([
      { file: 'src/ranking.js', line: 10, from: 6, lines: [6, 7, 8, 9, 10, 11, 12, 13, 14].map(n => `line ${n}`) },
      { file: 'src/orders.ts', line: 1, from: 1, lines: [1, 2, 3, 4, 5].map(n => `line ${n}`) },
    ])
  })

  it('are not shown twice: a place in lines that are there already adds none', async () => {
    plant(dir, 'src/ranking.js')
    const found = await excerptsOf([place('src/ranking.js', 10), place('src/ranking.js', 9)], [dir], startedAt)
    expect(found.map(({ line }) => line)).toEqual([10])
    const two = await excerptsOf([place('src/ranking.js', 5), place('src/ranking.js', 18)], [dir], startedAt)
    expect(two.map(({ line }) => line)).toEqual([5, 18])
  })

  it('hold no secret that is written into the code', async () => {
    const password = ['hunter', '2-of-the-shop'].join('')
    plant(dir, 'src/db.js', `const password = '${password}'\nexport const open = () => connect(password)`)
    const [found] = await excerptsOf([place('src/db.js', 2)], [dir], startedAt)
    expect(found?.lines[1]).toBe('export const open = () => connect(password)')
    expect(found?.lines.join('\n')).not.toContain(password)
  })

  it.each([
    ['.env', '.env'],
    ['a hidden folder', '.secrets/keys.js'],
    ['configuration', 'config/production.json'],
    ['a package', 'node_modules/db/index.js'],
    ['another folder', '../other/app.js'],
  ])('never come from %s', async (_, file) => {
    plant(join(dir, 'app'), file)
    expect(await excerptsOf([place(file)], [join(dir, 'app')], startedAt)).toEqual([])
  })

  it('never come from where a link leads out of the app, nor by an absolute path', async () => {
    plant(dir, 'outside/app.js')
    plant(dir, 'app/.hidden.js')
    symlinkSync(join(dir, 'outside/app.js'), join(dir, 'app/link.js'))
    symlinkSync(join(dir, 'app/.hidden.js'), join(dir, 'app/shown.js'))
    const places = [place('link.js'), place('shown.js'), place(join(dir, 'outside/app.js'))]
    expect(await excerptsOf(places, [join(dir, 'app')], startedAt)).toEqual([])
  })

  it('come from the package of the main script too, wherever the process was started', async () => {
    plant(dir, 'srv/shop/package.json', '{}')
    plant(dir, 'srv/shop/dist/server.js')
    plant(dir, 'srv/other/app.js')
    const roots = await sourceRoots(join(dir, 'home'), join(dir, 'srv/shop/dist/server.js'))
    mkdirSync(join(dir, 'home'))
    expect(roots).toEqual([join(dir, 'home'), join(dir, 'srv/shop')])
    const file = join(dir, 'srv/shop/dist/server.js')
    const found = await excerptsOf([place(join(dir, 'srv/other/app.js')), place(file)], roots, startedAt)
    expect(found.map(excerpt => excerpt.file)).toEqual([file])
    expect(await sourceRoots(dir, null)).toEqual([dir])
  })

  it('never come from a file that is younger than the process, too large, or shorter than the place', async () => {
    plant(dir, 'young.js', lines, startedAt + 1000)
    plant(dir, 'large.js', `${lines}\n`.repeat(20_000))
    plant(dir, 'short.js', 'one line')
    expect(await excerptsOf([place('young.js'), place('large.js'), place('short.js')], [dir], startedAt)).toEqual([])
  })

  it('never come from code that is not of the app', async () => {
    plant(dir, 'src/a.js')
    expect(await excerptsOf([place('src/a.js', 10, 'package'), place('src/a.js', 0)], [dir], startedAt)).toEqual([])
  })
})
