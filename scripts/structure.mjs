// Measures the layout of core and fails where it breaks its rules: `npm run structure`. docs/architecture.md has the table.
//
// A room is a folder of packages/core/src, with all that lies in it. Imports of types count like all others; tests and
// what only tests use do not.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBiomeUpToDate, writeBiome } from './structure/biome.mjs'
import { entries, exceptions, mayImport, roomOf } from './structure/table.mjs'

const src = fileURLToPath(new URL('../packages/core/src/', import.meta.url))
const maxRooms = 16

/** @returns {Map<string, string[]>} the files that each file imports */
function readImports() {
  const files = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map(entry => relative(src, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter(file => roomOf(file) !== 'testing')
  const known = new Set(files)
  return new Map(
    files.map(file => {
      const text = readFileSync(join(src, file), 'utf8')
      const found = [...text.matchAll(/(?:\bfrom|\bimport\(|^import) ?'(\.[^']+)'/gm)].map(([, path]) =>
        posix.join(posix.dirname(file), path).replace(/\.js$/, '.ts'),
      )
      const missing = found.find(path => !known.has(path))
      if (missing) throw new Error(`${file} imports ${missing}, which is not there`)
      return [file, [...new Set(found)]]
    }),
  )
}

/** Groups of nodes that reach each other (Tarjan 1972), of two and more. */
function circlesOf(graph) {
  const order = new Map()
  const low = new Map()
  const stack = []
  const circles = []
  const visit = node => {
    order.set(node, order.size)
    low.set(node, order.get(node))
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)))
    }
    if (low.get(node) !== order.get(node)) return
    const circle = stack.splice(stack.indexOf(node))
    if (circle.length > 1) circles.push(circle)
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return circles
}

if (process.argv.includes('--write')) writeBiome()

const imports = readImports()
const isException = (from, to) => exceptions.some(([a, b]) => a === from && b === to)
const allowed = new Map([...imports].map(([file, list]) => [file, list.filter(to => !isException(file, to))]))
const rooms = new Map()
const against = []
for (const [file, list] of allowed) {
  const room = roomOf(file)
  if (!rooms.has(room)) rooms.set(room, new Set())
  for (const to of list) {
    const other = roomOf(to)
    if (other === room) continue
    rooms.get(room).add(other)
    if (room !== entries && !mayImport[room]?.includes(other)) against.push(`${file} imports ${to}`)
  }
}
const mutual = [...rooms].flatMap(([room, others]) =>
  [...others].filter(other => room < other && rooms.get(other)?.has(room)).map(other => `${room} and ${other}`),
)
const stale = exceptions.filter(([from, to]) => !imports.get(from)?.includes(to)).map(pair => pair.join(' -> '))

/** Files with access to the disk that a hook could come by. */
function diskFrom(room) {
  const reached = new Set([...imports.keys()].filter(file => roomOf(file) === room))
  for (const file of reached) for (const to of imports.get(file)) reached.add(to)
  return [...reached].filter(file => /from '(node:)?(fs|child_process)\b/.test(readFileSync(join(src, file), 'utf8')))
}

const maxLines = 250

/** Code of the whole repository that is longer, without what is generated, and without tests, which are lists of cases. */
function longFiles() {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const isOurs = path => !/(^|\/)(node_modules|dist|dist-lib|generated|corpus|\.\w[^/]*)(\/|$)/.test(path)
  return ['packages', 'test', 'bench', 'scripts', 'examples'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /(?<!\.test)\.(ts|tsx|mjs|js)$/.test(entry.name))
      .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .filter(isOurs)
      .map(file => ({ file, lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > maxLines)
      .map(({ file, lines }) => `${file}: ${lines}`),
  )
}

const results = [
  ['import circles', circlesOf(allowed).map(circle => circle.join(', ')), 0],
  ['rooms', [...rooms.keys()].sort(), maxRooms],
  ['pairs of rooms that import each other', mutual, 0],
  ['imports against the table', against, 0],
  ['exceptions that are none', stale, 0],
  ['files within reach of app/mid-block that use the disk', diskFrom('app/mid-block'), 0],
  [`files of more than ${maxLines} lines`, longFiles(), 0],
  [
    'files made of the table that are out of date (`npm run structure -- --write`)',
    isBiomeUpToDate() ? [] : ['biome.rooms.json'],
    0,
  ],
]
console.log(`${imports.size} files, ${[...imports.values()].flat().length} imports`)
for (const [what, list, most] of results) {
  console.log(`${String(list.length).padStart(4)} ${what} (at most ${most})`)
  if (list.length > most) for (const one of list) console.log(`     ${one}`)
}
process.exit(results.every(([, list, most]) => list.length <= most) ? 0 : 1)
