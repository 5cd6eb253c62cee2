import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { routes } from '../packages/core/src/http/routes.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...markdownIn('docs'), ...markdownIn('decisions')]

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

/** The anchors that GitHub makes of headings. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) => heading,
  )
  return new Set(
    headings.map(heading =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_\- ]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

describe('the docs', () => {
  it.each(pages)('%s links to files that are there', page => {
    const missing = linksOf(read(page)).filter(target => !existsSync(join(root, dirname(page), target)))
    expect(missing).toEqual([])
  })

  it.each(pages.filter(page => !page.startsWith('decisions/')))('%s links to headings that are there', page => {
    const targets = [...read(page).matchAll(/\]\(([^)\s:#]*)#([^)\s]+)\)/g)]
    const missing = targets.filter(([, file = '', anchor = '']) => {
      const target = file ? join(dirname(page), file) : page
      return target.endsWith('.md') && !anchorsOf(read(target)).has(anchor)
    })
    expect(missing.map(([link]) => link)).toEqual([])
  })

  it('are all in their index', () => {
    const listed = new Set(linksOf(read('docs/README.md')))
    expect(markdownIn('docs').filter(page => page !== 'docs/README.md' && !listed.has(page.slice(5)))).toEqual([])
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

  // Both pages have the layout of `decisions/270`.
  const isMoved = existsSync(join(root, 'packages/core/src/monitor'))

  it.skipIf(!isMoved).each(['CONTRIBUTING.md', 'docs/architecture.md'])('%s names files that are there', page => {
    const named = [...read(page).matchAll(/`([\w.-]+(?:\/[\w.-]*)+)`/g)].map(([, path = '']) => path)
    const bases = ['', 'packages/core/src/']
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(path => !bases.some(base => existsSync(join(root, base, path))))).toEqual([])
  })

  const tableOfRooms = join(root, 'scripts/structure/table.mjs')

  it.skipIf(!existsSync(tableOfRooms))('docs/architecture.md has the import table that is checked', async () => {
    const { mayImport } = (await import(tableOfRooms)) as { mayImport: Record<string, string[]> }
    const [, table = ''] =
      /\| room \| may import \|\n\| --- \| --- \|\n([\s\S]*?)\n\n/.exec(read('docs/architecture.md')) ?? []
    const told = [...table.matchAll(/^\| `([\w/-]+)\/` \| (.*) \|$/gm)].map(([, room, list = '']) => [
      room,
      [...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort(),
    ])
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(Object.entries(mayImport).map(([room, list]) => [room, [...list].sort()])),
    )
  })
})
