import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { routes } from '../packages/core/src/http/routes.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const pages = ['README.md', 'CHANGELOG.md', ...markdownIn('docs'), ...markdownIn('decisions')]

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name}`)
}

/** `[words](target)` and `[name]: target`, without anchors and without what is elsewhere. */
function linksOf(text: string): string[] {
  const inline = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/^\[[^\]]+\]: (\S+)$/gm)]
  return inline
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter(target => target && !/^[a-z]+:/.test(target))
}

describe('the docs', () => {
  it.each(pages)('%s links to files that are there', page => {
    const missing = linksOf(read(page)).filter(target => !existsSync(join(root, dirname(page), target)))
    expect(missing).toEqual([])
  })

  it.each(['docs/security.md', 'docs/reliability.md'])('%s names tests that exist, by names that are defined', page => {
    const text = read(page).replace(/`[^`\n]*`/g, '')
    const defined = new Set([...text.matchAll(/^\[([^\]]+)\]: /gm)].map(([, name]) => name))
    const body = text.replace(/^\[[^\]]+\]: .*$/gm, '')
    const used = [...body.matchAll(/\[([a-z][a-z-]+)\](?!\()/g)].map(([, name]) => name as string)
    expect(used.filter(name => !defined.has(name))).toEqual([])
    expect([...defined].filter(name => !used.includes(name as string))).toEqual([])
  })

  it('docs/security.md has each route that changes something, below its action', () => {
    const table = /\| action \| routes \|[\s\S]*?\n\n/.exec(read('docs/security.md'))?.[0] ?? ''
    const rows = new Map(
      [...table.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, action, list]) => [action, list ?? '']),
    )
    const changing = routes.filter(({ method, action }) => method !== 'GET' && action !== null)
    expect(changing.length).toBeGreaterThan(4)
    const missing = changing.filter(({ method, path, action }) => {
      const row = rows.get(action as string) ?? ''
      return !row.includes(`${path}\``) || !row.includes(`\`${method}`)
    })
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  })
})
