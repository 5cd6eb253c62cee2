import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FlattenMap, type SourceMapInput, type TraceMap, traceSegment } from '@jridgewell/trace-mapping'
import type { CodePlace, OriginalOf } from './places.js'

/** A script as it ran, and the map to what was written. */
interface MappedScript {
  text: string
  map: TraceMap
}

/**
 * Looks up where code of a script was written; `null` where the map does not say, as for code that a bundler put in.
 *
 * @param url of the map, which its sources are relative to
 * @param cwd what the paths of bundlers that have no base (`webpack://app/./src/a.ts`) are taken to be below
 */
export function originalsOf(text: string, map: SourceMapInput, url: string, cwd: string): OriginalOf {
  const script: MappedScript = { text, map: new FlattenMap(map, url) }
  return place => {
    try {
      return traceOriginal(script, place, cwd)
    } catch {
      return null // The map decodes its mappings when it is first asked.
    }
  }
}

function traceOriginal({ text, map }: MappedScript, place: CodePlace, cwd: string): CodePlace | null {
  if (place.line < 1 || place.column < 1) return null // Not known, as for some async functions.
  const segment = traceSegment(map, place.line - 1, place.column - 1)
  if (!segment || segment.length === 1) return null
  const [, source, line, column] = segment
  const url = map.resolvedSources[source]
  if (!url || map.sources[source] === null) return null
  const written = bundlerPath(map.sources[source] ?? '', cwd) ?? bundlerPath(url, cwd) ?? url
  return { name: nameOf({ text, map }, place), url: written, line: line + 1, column: column + 1 }
}

/** What may stand between a function's name and the place where V8 says that it begins: at its parameters. */
const betweenNameAndStart =
  /^\s*(?:[=:]\s*)?(?:async\b\s*)?(?:function\b\s*\*?\s*)?(?:(?:extends\s+[\w$.]+)?\s*\{\s*constructor\s*)?$/
/** Characters before the start in which a name is looked for. */
const reach = 200
const identifier = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu

/**
 * The name before it was minified. A map has names for identifiers, not for functions, and the one at the start of an
 * arrow function is its parameter's: so only an identifier that stands where a function's own name does is asked for.
 */
function nameOf({ text, map }: MappedScript, { name, line, column }: CodePlace): string {
  const start = startOfLine(text, line)
  if (name === '' || start < 0) return name
  const from = Math.max(start, start + column - 1 - reach)
  const before = text.slice(from, start + column - 1)
  const at = before.lastIndexOf(name)
  if (at < 0 || /[\p{ID_Continue}$]$/u.test(before.slice(0, at))) return name
  if (!betweenNameAndStart.test(before.slice(at + name.length))) return name
  return name.replace(identifier, (part, offset: number) => originalName(map, line, from - start + at + offset) ?? part)
}

/** The name that a map gives to the identifier which begins just there. @param column 0-based */
function originalName(map: TraceMap, line: number, column: number): string | null {
  const segment = traceSegment(map, line - 1, column)
  return segment?.length === 5 && segment[0] === column ? (map.names[segment[4]] ?? null) : null
}

function startOfLine(text: string, line: number): number {
  let start = 0
  for (let passed = 1; passed < line; passed++) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return -1
  }
  return start
}

/** `webpack://app/./src/a.ts?1a2b`, `turbopack://[project]/src/a.ts`, `turbopack:///[project]/src/a.ts` */
const bundled = /^(?:webpack|turbopack|rspack|parcel|vite|ng)[\w-]*:\/\/(?:[^/]*)\/(?:\[project\]\/|\.\/)*([^?]+)/

/** The `file:` URL of what a bundler names in a scheme of its own; `null` for any other URL or path. */
function bundlerPath(url: string, cwd: string): string | null {
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
