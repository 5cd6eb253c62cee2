import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')

/** The complaints of the repository's own rules about a file at that place, one a line: `3 plugin`. */
async function lint(place: string, text: string): Promise<string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-lint-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const { plugins } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(dir, 'biome.json'), JSON.stringify({ extends: ['./biome.rooms.json'], plugins }))
  for (const file of ['biome.rooms.json', 'scripts/structure/mid-block.grit']) cpSync(join(root, file), join(dir, file))
  mkdirSync(dirname(join(dir, place)), { recursive: true })
  writeFileSync(join(dir, place), text)
  const args = [biome, 'lint', '--reporter=github', '--diagnostic-level=error', place]
  const output = await new Promise<string>(resolve =>
    execFile(process.execPath, args, { cwd: dir }, (_, out) => resolve(out)),
  )
  return [...output.matchAll(/^::error title=([\w/]+),.*?line=(\d+)/gm)].map(([, rule, line]) => `${line} ${rule}`)
}

const forbidden = [
  `export const a = (text: string) => /x/.test(text)`,
  `export const b = (text: string) => new RegExp(text, 'g')`,
  `export const c = (text: string) => text.match('x')`,
  `export const d = (text: string) => text.replace(/x/g, '')`,
  `export { readFileSync } from 'node:fs'`,
  `export { readFile } from 'node:fs/promises'`,
  `export { createStore } from '../../store/store.js'`,
  `export const fine = (text: string) => text.replace('a', 'b').split(',')`,
]

it('the linter refuses regular expressions, the disk and other rooms in app/mid-block, and nowhere else', async () => {
  const found = await lint('packages/core/src/app/mid-block/made-up.ts', forbidden.join('\n'))
  const lines = [...new Set(found.map(one => Number.parseInt(one, 10)))].sort((a, b) => a - b)
  expect(lines).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(found.filter(one => one.endsWith('plugin'))).toHaveLength(4)
  expect(await lint('packages/core/src/monitor/made-up.ts', forbidden.slice(0, 6).join('\n'))).toEqual([])
})
