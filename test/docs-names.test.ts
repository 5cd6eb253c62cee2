// The names in the docs against the things that they name: variables, commands and their options, files of packages.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { resolveOptions } from '../packages/core/src/options/options.js'
import { variables } from '../packages/core/src/options/variables.js'
import { pages, plain, read, root, rowsOf } from './markdown.js'

describe('variables in the docs', () => {
  /** They say something else than an option; the last two are for tests. */
  const others = ['CONFIG', 'LOG', 'ENABLED', 'TOKEN', 'SEED', 'KILLS'].map(name => `AUTODUMP_${name}`)

  it.each(pages)('are those that there are: %s', page => {
    const named = [...read(page).matchAll(/\bAUTODUMP_[A-Z_]*[A-Z]\b/g)].map(([name]) => name)
    expect(named.filter(name => !variables().has(name) && !others.includes(name))).toEqual([])
  })

  it('have a file that is valid in the examples', () => {
    const files = [
      /```json\n(.*)\n```/.exec(read('docs/zero-code.md'))?.[1],
      /autodump\.json: \|\n +(.*)\n/.exec(read('docs/containers.md'))?.[1],
    ]
    for (const file of files) expect(() => resolveOptions(JSON.parse(file ?? ''))).not.toThrow()
  })
})

describe('the command line in the docs', () => {
  const cli = fileURLToPath(new URL('../packages/cli/dist/main.js', import.meta.url))
  const help = (...command: string[]) =>
    execFileSync(process.execPath, [cli, ...command, '--help'], { encoding: 'utf8' })
  const real = [...help().matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name = '']) => name).filter(name => name !== 'help')

  it('docs/cli.md has each command', () => {
    const told = rowsOf('docs/cli.md', '| command | does |').map(({ command }) => plain(command ?? '').split(' ')[0])
    expect([...new Set(told)].sort()).toEqual([...new Set(real)].sort())
  })

  it('uses commands and options that there are', () => {
    const lines = [...pages, 'packages/cli/README.md'].flatMap(page =>
      [...read(page).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
        [...block.matchAll(/(?:^|\) |@)(?:autodump|autodump\/cli) ([a-z]+)([^#|\n]*)/gm)].map(
          ([, command = '', rest = '']) => ({
            page,
            command,
            options: rest.match(/--[a-z-]+/g) ?? [],
          }),
        ),
      ),
    )
    expect(lines.length).toBeGreaterThan(20)
    const parts = (command: string) =>
      command === 'thresholds'
        ? [
            ['thresholds', 'get'],
            ['thresholds', 'set'],
          ]
        : [[command]]
    const texts = new Map(
      [...new Set(real)].map(command => [
        command,
        parts(command)
          .map(part => help(...part))
          .join('\n'),
      ]),
    )
    for (const { page, command, options } of lines) {
      expect([...texts.keys()], page).toContain(command)
      expect(
        options.filter(option => !texts.get(command)?.includes(option)),
        page,
      ).toEqual([])
    }
  })
})

describe('the packages', () => {
  const names = readdirSync(join(root, 'packages'))
  const repository = 'https://github.com/autodump/autodump'

  it.each(names)('%s says where it comes from', name => {
    const { homepage, repository: origin, bugs } = JSON.parse(read(`packages/${name}/package.json`))
    expect({ homepage, origin, bugs }).toEqual({
      homepage: `${repository}#readme`,
      origin: { type: 'git', url: `git+${repository}.git`, directory: `packages/${name}` },
      bugs: { url: `${repository}/issues` },
    })
  })

  it.each(names)('%s has a README whose links work on npm too', name => {
    const targets = [...read(`packages/${name}/README.md`).matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, target = '']) => target,
    )
    for (const target of targets) {
      expect(target).toMatch(/^https:/)
      const inside = target.startsWith(`${repository}/blob/main/`) && target.slice(`${repository}/blob/main/`.length)
      if (inside) expect(existsSync(join(root, inside.replace(/#.*/, ''))), target).toBe(true)
    }
  })

  it('have each file that the docs name', () => {
    const named = pages.flatMap(page =>
      [...read(page).matchAll(/node_modules\/(@autodump\/\w+)\/([\w./-]+\w)/g)].map(([, name = '', file = '']) => ({
        page,
        name,
        file,
      })),
    )
    expect(named.length).toBeGreaterThan(1)
    for (const { page, name, file } of named) {
      const directory = name.replace('@autodump/', 'packages/')
      const { files } = JSON.parse(read(`${directory}/package.json`)) as { files: string[] }
      expect(existsSync(join(root, directory, file)), `${page}: ${file}`).toBe(true)
      expect(
        files.some(one => file.startsWith(`${one}/`)),
        `${page}: ${file} is published`,
      ).toBe(true)
    }
  })
})
