import { isAbsolute, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownDirectory } from '../lib/installed-package.js'
import { isWithin, type Region } from '../lib/own-code.js'

/**
 * The owner of a function's code. `runtime` is V8 and Node: builtins, native code, `node:` modules, and WebAssembly,
 * whose functions have only numbers; `autodump` is ours, which takes part in every profile and is never to blame.
 */
export type Owner = 'app' | 'package' | 'runtime' | 'autodump'

export interface Place {
  owner: Owner
  /** Path below the working directory, `<package>/<path>` for a package, the URL itself for anything else. */
  file: string
}

/** The place of a function, as an engine reports it. */
export interface CodePlace {
  /** Of the function; may be empty. */
  name: string
  /** `file:` URL, absolute path, or any other name of the script. */
  url: string
  /** 1-based. */
  line: number
  /** 1-based. */
  column: number
}

/** Names that V8 and we give to a function without a name. */
export const anonymous = '(anonymous)'

/** Where code was written, or the same place with more detail. */
export interface Original extends CodePlace {
  /** A piece of the code there, if the line is too long to read. */
  code?: string
}

/**
 * Maps a place in compiled code to its source, name included; `null` if there is nothing to add to the place. The line
 * is 0 if only the script is known.
 */
export type OriginalOf = (place: CodePlace) => Original | null

/** For code without source maps. */
export const asItIs: OriginalOf = () => null

/** A function as findings name it. */
export interface LocatedFunction extends Place {
  name: string
  /** 1-based; 0 if unknown. */
  line: number
  column: number
  /** A piece of the code, if the line is too long to read: then the column counts. */
  code?: string
  /** `file:line:column` in the code that ran, if that differs from the source. */
  generated?: string
}

let ownRegions: readonly Region[] = []

/** Where our code lies in the bundle of the analysed app. */
export function setOwnRegions(regions: readonly Region[]): void {
  ownRegions = regions.map(region => ({ ...region, script: pathOf(region.script) }))
}

/** Whether the place is our code, though the script is the app's. */
export const isOurs = ({ url, line, column }: Omit<CodePlace, 'name'>): boolean =>
  ownRegions.length > 0 && isWithin(ownRegions, pathOf(url), line, column)

/** Where a function was written, in a form for people. */
export function locate(place: CodePlace, cwd: string, originalOf: OriginalOf): LocatedFunction {
  const ran = placeOf(place.url, cwd)
  const { name, line, column } = place
  if (isOurs(place)) return { name, line, column, ...ran, owner: 'autodump' }
  const original = ran.owner === 'app' || ran.owner === 'package' ? originalOf(place) : null
  if (!original) return { name, line, column, ...ran }
  const { code } = original
  const isElsewhere = original.url !== place.url || original.line !== line || original.column !== column
  return {
    name: original.name,
    line: original.line,
    column: original.column,
    ...placeOf(original.url, cwd),
    ...(code !== undefined && { code }),
    ...(isElsewhere && { generated: `${ran.file}:${line}:${column}` }),
  }
}

/** The origin of the code at a profile's URL, in a form for people. */
export function placeOf(url: string, cwd: string): Place {
  if (url === '' || /^(?:node:|native |wasm:)/.test(url)) return { owner: 'runtime', file: url }
  const path = pathOf(url)
  if ((ownDirectory !== null && path.startsWith(join(ownDirectory, sep))) || ownPackages.test(path))
    return { owner: 'autodump', file: path }
  const inside = path.split(/[\\/]node_modules[\\/]/)
  if (inside.length > 1) return { owner: 'package', file: (inside.at(-1) as string).split(sep).join('/') }
  if (!isAbsolute(path)) return { owner: 'app', file: path }
  const below = relative(cwd, path)
  return { owner: 'app', file: below.startsWith('..') || isAbsolute(below) ? path : below.split(sep).join('/') }
}

const ownPackages = /[\\/]node_modules[\\/](@autodump|v8-profiler-next)[\\/]/

function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
