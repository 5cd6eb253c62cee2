import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { realpath, stat } from '../lib/fs.js'
import { redactError } from '../lib/redaction/text.js'
import { readNamed } from '../lib/trusted.js'
import type { Finding } from '../model/manifest.js'
import type { SourceExcerpt } from '../model/source-excerpt.js'
import { linesOf } from './text-lines.js'

/** Code that people write. No configuration and no data: those hold secrets. */
const isCode = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|coffee)$/

/** Bytes of a source file. A bundle is larger, and says nothing by lines. */
const maxBytes = 1024 ** 2

/** Lines before and after the place; characters of a line; excerpts of a dump. */
const limits = { around: 4, characters: 200, excerpts: 3 }

interface Place {
  file: string
  line: number
}

/**
 * The folders with the app's own code: the working directory, and the package of the main script. Supervisors start a
 * script from anywhere.
 */
export async function sourceRoots(cwd: string, script: string | null): Promise<string[]> {
  if (script === null || !isAbsolute(script)) return [cwd]
  const first = dirname(script)
  for (let at = first; at !== dirname(at); at = dirname(at)) {
    const isPackage = await stat(join(at, 'package.json')).then(
      () => true,
      () => false,
    )
    if (isPackage) return [cwd, at]
  }
  return first === dirname(first) ? [cwd] : [cwd, first]
}

/**
 * The lines of the app's own files around the places that the findings name. A file is read if it lies below one of the
 * folders itself, is code, has no hidden folder in its path there, and is older than the process: a younger one did not run.
 *
 * @param roots the working directory first, to which places are relative
 * @param startedAt epoch milliseconds of the start of the process
 */
export async function excerptsOf(
  findings: readonly Finding[],
  roots: readonly string[],
  startedAt: number,
): Promise<SourceExcerpt[]> {
  const excerpts: SourceExcerpt[] = []
  for (const place of placesOf(findings)) {
    if (excerpts.length === limits.excerpts) break
    if (excerpts.some(shown => isIn(shown, place))) continue
    const excerpt = await readExcerpt(place, roots, startedAt).catch(() => null)
    if (excerpt) excerpts.push(excerpt)
  }
  return excerpts
}

/** A line that stands in an excerpt already needs none of its own. */
const isIn = ({ file, from, lines }: SourceExcerpt, { line, ...place }: Place): boolean =>
  place.file === file && line >= from && line < from + lines.length

/** The places in the findings, in their order, each once. */
function placesOf(findings: readonly Finding[]): Place[] {
  const found = findings.flatMap(({ data = {} }) => [data, data.function, data.begunIn, data.calledBy].flatMap(placeIn))
  return [...new Map(found.map(place => [`${place.file}\0${place.line}`, place])).values()]
}

function placeIn(value: unknown): Place[] {
  if (Array.isArray(value)) return value.slice(0, 1).flatMap(placeIn)
  if (typeof value !== 'object' || value === null) return []
  const { file, line, owner = 'app' } = value as { file?: unknown; line?: unknown; owner?: unknown }
  const isPlace = typeof file === 'string' && typeof line === 'number' && line >= 1 && owner === 'app'
  return isPlace ? [{ file, line }] : []
}

async function readExcerpt(
  { file, line }: Place,
  roots: readonly string[],
  startedAt: number,
): Promise<SourceExcerpt | null> {
  const named = resolve(roots[0] ?? '/', file)
  if (!roots.some(root => isOwnCode(relative(root, named)))) return null
  const path = await realpath(named)
  const below = await Promise.all(roots.map(async root => isOwnCode(relative(await realpath(root), path))))
  if (!below.includes(true)) return null
  if ((await stat(path)).mtimeMs > startedAt) return null
  const text = linesOf(await readNamed(path, maxBytes))
  if (text.startOf(line) < 0) return null
  const from = Math.max(1, line - limits.around)
  const numbers = Array.from({ length: line + limits.around - from + 1 }, (_, index) => from + index)
  const lines = numbers
    .filter(number => text.startOf(number) >= 0)
    .map(number => redactError(text.at(number).replace(/\r$/, ''), limits.characters))
  return { file, line, from, lines }
}

function isOwnCode(path: string): boolean {
  const parts = path.split(/[\\/]/)
  const isBelow = !isAbsolute(path) && !parts.some(part => part.startsWith('.') || part === 'node_modules')
  return isBelow && !path.includes(`${sep}..`) && isCode.test(path)
}
