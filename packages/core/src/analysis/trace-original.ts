import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  decodedMappings,
  FlattenMap,
  type SourceMapInput,
  type TraceMap,
  traceSegment,
} from '@jridgewell/trace-mapping'
import { longLine } from './as-ran.js'
import type { CodePlace, OriginalOf } from './places.js'
import { type Lines, linesOf } from './text-lines.js'
import { createNames } from './written-name.js'

/** A script as it ran, and the map to its source. */
interface MappedScript {
  text: string
  lines: Lines
  map: TraceMap
  cwd: string
  /** The function names of each source, by its number in the map; `null` without the source. */
  names: Map<number, ReturnType<typeof createNames> | null>
}

export interface Tracer {
  /** `null` if the map does not tell, as for code that a bundler put in. */
  originalOf: OriginalOf
  /** The sources of these places whose text is not in the map, by URL. */
  missing(places: CodePlace[]): string[]
  /** Gives such a source. */
  learn(url: string, source: string): void
}

/**
 * Looks up where code of a script was written.
 *
 * @param url of the map, which its sources are relative to
 * @param cwd base for the paths of bundlers that have no base (`webpack://app/./src/a.ts`)
 */
export function createTracer(text: string, map: SourceMapInput, url: string, cwd: string): Tracer {
  const script: MappedScript = { text, lines: linesOf(text), map: new FlattenMap(map, url), cwd, names: new Map() }
  const safely = <T>(look: () => T): T | null => {
    try {
      return look()
    } catch {
      return null // The map decodes its mappings on the first lookup.
    }
  }
  return {
    originalOf: place => safely(() => traceOriginal(script, place)),
    missing(places) {
      const urls = places.flatMap(place => {
        const segment = safely(() => segmentAt(script, place))
        return segment && namesOf(script, segment[1]) === null ? [urlOf(script, segment[1])] : []
      })
      return [...new Set(urls)].filter(one => one !== null)
    },
    learn(url, source) {
      for (const number of script.map.sources.keys())
        if (urlOf(script, number) === url) script.names.set(number, createNames(source))
    },
  }
}

function traceOriginal(script: MappedScript, place: CodePlace): CodePlace | null {
  const segment = segmentAt(script, place)
  if (!segment) return null
  const [, source, line, column] = segment
  const url = urlOf(script, source)
  if (url === null) return null
  const original = { url, line: line + 1, column: column + 1 }
  const ofMap = nameInMap(script, place)
  if (ofMap !== null || isModule(place)) return { name: ofMap ?? place.name, ...original }
  return { name: namesOf(script, source)?.(place.name, original.line, original.column) ?? place.name, ...original }
}

/** The code of a module outside of any function. */
const isModule = ({ line, column }: CodePlace) => line === 1 && column === 1

function segmentAt(script: MappedScript, { line, column }: CodePlace) {
  if (line < 1 || column < 1) return null // Unknown, as for some async functions.
  const segment = traceSegment(script.map, line - 1, column - 1)
  if (!segment || segment.length === 1 || !isBelieved(script, line, segment[0], column - 1)) return null
  return segment
}

/**
 * Whether a mapping can belong to a place after it in its line. In a line from a minifier, one mapping for the whole
 * line tells nothing (webpack's `cheap-module-source-map`), and neither does one of another statement, as before code
 * that a bundler put in.
 */
function isBelieved({ text, lines, map }: MappedScript, line: number, from: number, to: number): boolean {
  const generated = lines.at(line)
  if (generated.length <= longLine && !isOneLine(text)) return true
  if (decodedMappings(map)[line - 1]?.length === 1) return false
  return !/[;{}]/.test(generated.slice(from, to))
}

/** Lines of code; the banner and the comment that names the map do not count. */
const isOneLine = (text: string) =>
  text.length <= 2 * longLine && text.split('\n').filter(line => /^\s*(?!\/\/|\/\*|#!)\S/.test(line)).length === 1

function urlOf({ map, cwd }: MappedScript, source: number): string | null {
  const [name, url] = [map.sources[source], map.resolvedSources[source]]
  if (!url || name === null) return null
  return bundlerPath(name ?? '', cwd) ?? bundlerPath(url, cwd) ?? url
}

function namesOf({ map, names }: MappedScript, source: number) {
  const known = names.get(source)
  if (known !== undefined) return known
  const content = map.sourcesContent?.[source]
  const made = typeof content === 'string' ? createNames(content) : null
  names.set(source, made)
  return made
}

/** Text that may stand between a function's name and its place in V8, at its parameters. */
const betweenNameAndStart =
  /^\s*(?:[=:]\s*)?(?:async\b\s*)?(?:function\b\s*\*?\s*)?(?:(?:extends\s+[\w$.]+)?\s*\{\s*constructor\s*)?$/

/** Characters before the start in which to look for a name. */
const reach = 200

const identifier = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu

/**
 * The name before minification; `null` if the map has none. A map has names for identifiers, not for functions, and the
 * name at the start of an arrow function is its parameter's. So this looks up only an identifier in the place of a
 * function's own name.
 */
function nameInMap({ text, lines, map }: MappedScript, { name, line, column }: CodePlace): string | null {
  const start = lines.startOf(line)
  if (name === '' || start < 0) return null
  const from = Math.max(start, start + column - 1 - reach)
  const before = text.slice(from, start + column - 1)
  const at = before.lastIndexOf(name)
  if (at < 0 || /[\p{ID_Continue}$]$/u.test(before.slice(0, at))) return null
  if (!betweenNameAndStart.test(before.slice(at + name.length))) return null
  let isGiven = false
  const given = name.replace(identifier, (part, offset: number) => {
    const original = originalName(map, line, from - start + at + offset)
    isGiven ||= original !== null
    return original ?? part
  })
  return isGiven ? given : null
}

/** The name that a map gives to the identifier that begins exactly there. @param column 0-based */
function originalName(map: TraceMap, line: number, column: number): string | null {
  const segment = traceSegment(map, line - 1, column)
  return segment?.length === 5 && segment[0] === column ? (map.names[segment[4]] ?? null) : null
}

/** `webpack://app/./src/a.ts?1a2b`, `turbopack://[project]/src/a.ts`, `turbopack:///[project]/src/a.ts` */
const bundled = /^(?:webpack|turbopack|rspack|parcel|vite|ng)[\w-]*:\/\/(?:[^/]*)\/(?:\[project\]\/|\.\/)*([^?]+)/

/** The `file:` URL for a bundler's own scheme; `null` for any other URL or path. */
export function bundlerPath(url: string, cwd: string): string | null {
  const path = bundled.exec(url)?.[1]
  if (path === undefined) return null
  const file = decodedPath(path)
  return pathToFileURL(isAbsolute(file) ? file : join(cwd, file)).href
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
