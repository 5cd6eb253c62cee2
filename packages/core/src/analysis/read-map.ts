import { isAbsolute } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import type { EncodedSourceMap, SourceMapInput } from '@jridgewell/trace-mapping'
import { stat } from '../lib/fs.js'
import { memoryLeft } from '../lib/memory-left.js'
import { readNamed } from '../lib/trusted.js'
import type { CodePlace } from './places.js'
import { createTracer, type Tracer } from './trace-original.js'

/** Bytes of one script or map at most. */
const largest = 32 * 1024 ** 2

/** Bytes of memory per byte of a file while it is parsed, and per byte of mappings when they are decoded. */
const memoryPerByte = 4

const memoryPerMapping = 24

/** The limits for one dump. */
export interface Budget {
  /** Bytes left to read. */
  bytes: number
  /** No new read begins after this time, by `performance.now()`. */
  until: number
  /** Bytes of memory. */
  room: number
}

/** Another dump may have the time or memory for the script. */
export class Later extends Error {}

export interface LocalFile {
  text: string
  /** Epoch milliseconds. */
  writtenAt: number
}

/** The URL of a script by the name that engines give it; `null` if it has none. */
export function urlOf(name: string): URL | null {
  if (isAbsolute(name)) return pathToFileURL(name)
  return URL.canParse(name) ? new URL(name) : null
}

/**
 * A file of this machine; `null` if there is none, or if it was written after `until` (epoch milliseconds).
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

/** The inputs for reading the map of a script. */
export interface MapRequest {
  url: URL
  text: string
  /** The URL in its last comment, or the one that V8 reports; `null`: the file beside the script. */
  mapUrl: string | null
  /** Epoch milliseconds; map and sources must not be younger. */
  writtenUntil: number
  cwd: string
  /** The places to look up. */
  places: CodePlace[]
  budget: Budget
}

/**
 * The map of a script. Sources that the map lacks come from the files beside it, if they are not younger. `null` if
 * there is no readable map.
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

/** A path stands for a file beside one; a script that is not a file has none beside it. */
function resolved(mapUrl: string, script: URL): URL | null {
  return URL.canParse(mapUrl, script.href) ? new URL(mapUrl, script) : null
}

/** Of a map with sections, all together. */
function mappingBytes(map: Partial<EncodedSourceMap> & { sections?: { map: Partial<EncodedSourceMap> }[] }): number {
  const { mappings = '', sections = [] } = map
  return mappings.length + sections.reduce((sum, section) => sum + mappingBytes(section.map), 0)
}

/** We read maps at a time when memory may be the subject of the dump. */
export function roomForMaps(): number {
  const heap = getHeapStatistics()
  return Math.min(heap.heap_size_limit - heap.used_heap_size, memoryLeft()) / 2
}

/**
 * The URL of a comment that only other comments follow: the same words within the code, as in a bundler's, do not
 * count.
 */
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
