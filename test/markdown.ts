// What the tests of the docs read of a page.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const read = (file: string) => readFileSync(join(root, file), 'utf8')
export const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
]
export const plain = (cell: string) => cell.replaceAll('`', '').trim()

/** The rows of the tables that have such a header, each by the names of its columns. */
export function rowsOf(page: string, header: string): Record<string, string>[] {
  const lines = read(page).split('\n')
  const cellsOf = (line: string) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => cell.trim())
  return lines.flatMap((line, index) => {
    if (!line.startsWith(header)) return []
    const names = cellsOf(line)
    const end = lines.findIndex((one, at) => at > index && !one.startsWith('|'))
    return lines
      .slice(index + 2, end)
      .map(row => Object.fromEntries(cellsOf(row).map((cell, at) => [names[at] ?? '', cell])))
  })
}
