import { freemem } from 'node:os'
import { isAbsolute } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import type { EncodedSourceMap, SourceMapInput } from '@jridgewell/trace-mapping'
import { readLimits } from '../metrics/limits.js'
import { stat } from '../store/fs.js'
import { readNamed } from '../store/trusted.js'
import { type CodePlace, type OriginalOf, placeOf } from './places.js'
import { originalsOf } from './trace-original.js'

/** Bytes of one script or map at most. */
const largest = 32 * 1024 ** 2
/** Bytes that are read for one dump. */
const usualBudget = 96 * 1024 ** 2
/** The same where there is no time: the process may die any moment, or it is the app thread that would stand still. */
const smallBudget = 8 * 1024 ** 2
/** Bytes of memory that a byte of a file takes while it is parsed, and a byte of mappings when they are decoded. */
const memoryPerByte = 4
const memoryPerMapping = 24
/** Milliseconds after which no other script is begun. */
const patience = 2000
/** Places and scripts that are remembered from dump to dump. */
const remembered = 20_000

export interface SourceMapsOptions {
  /** Epoch milliseconds. What was written since may not be what runs. @default the start of the process */
  startedAt?: number
  /** @default process.cwd() */
  cwd?: string
  /** Bytes that may be taken for a while. @default half of what the thread's heap, the memory limit and the machine have left */
  room?: () => number
}

export type WithSourceMaps = <T>(analyse: (originalOf: OriginalOf) => T, options?: { quick?: boolean }) => Promise<T>

/**
 * Runs an analysis with source maps: once to learn which places it names, and if maps know any of them once more with
 * the answers. So the analysis stays a pure function, and only scripts that have to do with the matter are read.
 *
 * A map is the one that the script's last `//# sourceMappingURL=` names, a file or a `data:` URL, else the file
 * `<script>.map` beside it. Only local files are read, the network never is, and nothing that was written since the
 * process started. What cannot be read or parsed leaves the places of the generated code.
 */
export function createSourceMaps(options: SourceMapsOptions = {}): WithSourceMaps {
  const { startedAt = Date.now() - process.uptime() * 1000, cwd = process.cwd(), room = memoryLeft } = options
  const answers = new Map<string, CodePlace | null>()

  return async (analyse, { quick = false } = {}) => {
    const asked = new Map<string, CodePlace>()
    const plain = analyse(place => {
      asked.set(keyOf(place), place)
      return null
    })
    const budget = { bytes: quick ? smallBudget : usualBudget, until: performance.now() + patience, room: room() }
    for (const [url, places] of byScript(asked, answers, cwd)) {
      const originalOf = await originalsIn(url, startedAt, cwd, budget).catch(() => null)
      if (answers.size + places.length > remembered) answers.clear()
      // Where there was no time for it, the next dump may have some.
      if (originalOf !== 'later') for (const place of places) answers.set(keyOf(place), originalOf?.(place) ?? null)
    }
    const known = new Map([...asked.keys()].map(key => [key, answers.get(key) ?? null]))
    if (![...known.values()].some(original => original !== null)) return plain
    return analyse(place => known.get(keyOf(place)) ?? null)
  }
}

const keyOf = ({ name, url, line, column }: CodePlace) => `${name}\0${url}\0${line}\0${column}`

/** What is not known yet; the app's own scripts first. */
function byScript(asked: Map<string, CodePlace>, known: Map<string, unknown>, cwd: string): [string, CodePlace[]][] {
  const scripts = new Map<string, CodePlace[]>()
  for (const [key, place] of asked) {
    if (known.has(key)) continue
    const places = scripts.get(place.url)
    if (places) places.push(place)
    else scripts.set(place.url, [place])
  }
  const isApp = (url: string) => placeOf(url, cwd).owner === 'app'
  return [...scripts].sort(([a], [b]) => Number(isApp(b)) - Number(isApp(a)))
}

interface Budget {
  bytes: number
  until: number
  room: number
}

async function originalsIn(
  name: string,
  startedAt: number,
  cwd: string,
  budget: Budget,
): Promise<OriginalOf | null | 'later'> {
  const url = isAbsolute(name) ? pathToFileURL(name) : URL.canParse(name) ? new URL(name) : null
  if (!url) return null
  const text = await readLocal(url, startedAt, budget)
  if (text === null || text === 'later') return text
  const comment = mappingComment(text)
  const mapUrl = comment === null ? new URL(`${url.href}.map`) : new URL(comment, url)
  const isInline = mapUrl.protocol === 'data:'
  const json = isInline ? fromDataUrl(comment as string) : await readLocal(mapUrl, startedAt, budget)
  if (json === null || json === 'later') return json
  const { sourcesContent, ...map } = JSON.parse(json.replace(/^\)\]\}'[^\n]*\n/, ''))
  if (mappingBytes(map) * memoryPerMapping > budget.room) return 'later'
  return originalsOf(text, map as SourceMapInput, isInline ? url.href : mapUrl.href, cwd)
}

/** Of a map with sections, all together. */
function mappingBytes(map: Partial<EncodedSourceMap> & { sections?: { map: Partial<EncodedSourceMap> }[] }): number {
  const { mappings = '', sections = [] } = map
  return mappings.length + sections.reduce((sum, section) => sum + mappingBytes(section.map), 0)
}

/** The maps are read at a time when memory may be what the dump is about. */
function memoryLeft(): number {
  const heap = getHeapStatistics()
  const limit = readLimits().memory.bytes - process.memoryUsage.rss()
  return Math.min(heap.heap_size_limit - heap.used_heap_size, limit, freemem()) / 2
}

async function readLocal(url: URL, startedAt: number, budget: Budget): Promise<string | null | 'later'> {
  // A host would be another machine.
  if (url.protocol !== 'file:' || url.host !== '') return null
  const path = fileURLToPath(url)
  if (path.startsWith('\\\\')) return null
  if (performance.now() > budget.until) return 'later'
  const { size, mtimeMs, isFile } = await fileAt(path)
  if (!isFile || size > largest || mtimeMs > startedAt) return null
  if (size > budget.bytes || size * memoryPerByte > budget.room) return 'later'
  budget.bytes -= size
  return readNamed(path, largest)
}

async function fileAt(path: string) {
  const found = await stat(path)
  return { size: found.size, mtimeMs: found.mtimeMs, isFile: found.isFile() }
}

/** Of the last line that has any, but for comments: the same words within the code, as in a bundler's, are not meant. */
function mappingComment(text: string): string | null {
  const at = Math.max(text.lastIndexOf('//# sourceMappingURL='), text.lastIndexOf('//@ sourceMappingURL='))
  if (at < 0) return null
  const [url = '', ...rest] = text.slice(at + '//# sourceMappingURL='.length).split(/\r?\n/)
  const isLast = rest.every(line => /^\s*(?:\/\/.*)?$/.test(line))
  return isLast && /^\S+\s*$/.test(url) ? url.trim() : null
}

/** The content of `data:application/json;base64,…`. */
function fromDataUrl(url: string): string {
  const comma = url.indexOf(',')
  const content = url.slice(comma + 1)
  return /;base64$/i.test(url.slice(0, comma)) ? Buffer.from(content, 'base64').toString() : decodeURIComponent(content)
}
