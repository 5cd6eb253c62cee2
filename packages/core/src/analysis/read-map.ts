import { freemem } from 'node:os'
import { isAbsolute } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import type { EncodedSourceMap, SourceMapInput } from '@jridgewell/trace-mapping'
import { stat } from '../lib/fs.js'
import { readLimits } from '../lib/limits.js'
import { readNamed } from '../lib/trusted.js'
import type { CodePlace } from './places.js'
import { createTracer, type Tracer } from './trace-original.js'

/** Bytes of one script or map at most. */
const largest = 32 * 1024 ** 2

/** Bytes of memory that a byte of a file takes while it is parsed, and a byte of mappings when they are decoded. */
const memoryPerByte = 4

const memoryPerMapping = 24

/** What may be used for one dump. */
export interface Budget {
  /** Bytes to be read. */
  bytes: number
  /** When to begin nothing more, by `performance.now()`. */
  until: number
  /** Bytes of memory. */
  room: number
}

/** Another dump may have the time or memory for it. */
export class Later extends Error {}

export interface LocalFile {
  text: string
  /** Epoch milliseconds. */
  writtenAt: number
}

/** The URL of a script by what engines call it; `null` for what has none. */
export function urlOf(name: string): URL | null {
  if (isAbsolute(name)) return pathToFileURL(name)
  return URL.canParse(name) ? new URL(name) : null
}

/**
 * A file of this machine, `null` where there is none, or one that was written after `until` (epoch milliseconds).
 *
 * @throws Later
 */
export async function readLocal(url: URL, until: number, budget: Budget): Promise<LocalFile | null> {
  // A host would be another machine.
  if (url.protocol !== 'file:' || url.host !== '') return null
  const path = fileURLToPath(url)
  if (path.startsWith('\\\\')) return null
  if (performance.now() > budget.until) throw new Later()
  const found = await stat(path)
  const { size, mtimeMs } = found
  if (!found.isFile() || size > largest || mtimeMs > until) return null
  if (size > budget.bytes || size * memoryPerByte > budget.room) throw new Later()
  budget.bytes -= size
  return { text: await readNamed(path, largest), writtenAt: mtimeMs }
}

/** What reading the map of a script takes. */
export interface MapRequest {
  url: URL
  text: string
  /** What its last comment says, or V8 of it; `null`: the file beside it. */
  mapUrl: string | null
  /** Epoch milliseconds after which neither map nor sources may have been written. */
  writtenUntil: number
  cwd: string
  /** What will be asked. */
  places: CodePlace[]
  budget: Budget
}

/**
 * The map of a script, with the sources that it does not have itself: as they lie beside it, if they are not younger.
 * `null` where there is none that can be read.
 *
 * @throws Later
 */
export async function readMap({
  url,
  text,
  mapUrl,
  writtenUntil,
  cwd,
  places,
  budget,
}: MapRequest): Promise<Tracer | null> {
  const address = mapUrl === null ? new URL(`${url.href}.map`) : resolved(mapUrl, url)
  if (!address) return null
  const isInline = address.protocol === 'data:'
  const json = isInline ? fromDataUrl(mapUrl as string) : (await readLocal(address, writtenUntil, budget))?.text
  if (json === undefined) return null
  const map = JSON.parse(json.replace(/^\)\]\}'[^\n]*\n/, ''))
  if (mappingBytes(map) * memoryPerMapping > budget.room) throw new Later()
  const tracer = createTracer(text, map as SourceMapInput, isInline ? url.href : address.href, cwd)
  for (const source of tracer.missing(places)) {
    const file = await readLocal(new URL(source), writtenUntil, budget).catch(() => null)
    if (file) tracer.learn(source, file.text)
  }
  return tracer
}

/** A path stands for a file beside one; beside a script that is no file there is none. */
function resolved(mapUrl: string, script: URL): URL | null {
  return URL.canParse(mapUrl, script.href) ? new URL(mapUrl, script) : null
}

/** Of a map with sections, all together. */
function mappingBytes(map: Partial<EncodedSourceMap> & { sections?: { map: Partial<EncodedSourceMap> }[] }): number {
  const { mappings = '', sections = [] } = map
  return mappings.length + sections.reduce((sum, section) => sum + mappingBytes(section.map), 0)
}

/** The maps are read at a time when memory may be what the dump is about. */
export function memoryLeft(): number {
  const heap = getHeapStatistics()
  const limit = readLimits().memory.bytes - process.memoryUsage.rss()
  return Math.min(heap.heap_size_limit - heap.used_heap_size, limit, freemem()) / 2
}

/** Of the last line that has any, but for comments: the same words within the code, as in a bundler's, are not meant. */
export function mappingComment(text: string): string | null {
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
