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
  /** The package is the program itself: the main script lies in it. See `adoptProgram`. */
  isProgram?: true
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
  /** The line that took most of the function's own time, 1-based. */
  hotLine?: number
}

/** Names that V8 and we give to a function without a name. */
export const anonymous = '(anonymous)'

/** Where code was written, or the same place with more detail. */
export interface Original extends CodePlace {
  /** A piece of the code there, if the line is too long to read. */
  code?: string
  /** See `LocatedFunction`. */
  calls?: string
  givenTo?: string
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
  /** The line that took most of its own time, if it is not the first one. */
  hotLine?: number
  /** The runtime functions in that line, which V8 shows in no profile: `JSON.stringify`, `Array.sort`. */
  calls?: string
  /** For a callback: the function that got it, e.g. `Array.sort`. */
  givenTo?: string
  /** `file:line:column` in the code that ran, if that differs from the source. */
  generated?: string
}

let ownRegions: readonly Region[] = []

/** Where our code lies in the bundle of the analysed app. */
export function setOwnRegions(regions: readonly Region[]): void {
  ownRegions = regions.map(region => ({ ...region, script: pathOf(region.script) }))
}

let program: string | null = null

let script: string | null = null

/** The main script of the analysed process; `null` if it has none. */
export const mainScript = (): string | null => script

/**
 * Where the program of the analysed process lies, if that is a package: n8n, Node-RED, anything installed globally.
 *
 * @param path of the main script, without symbolic links
 */
export function setProgram(path: string): void {
  script = path || null
  program = packageDirectory(path)
}

/** The directory of the innermost package that a file lies in; `null` outside of `node_modules`. */
const packageDirectory = (path: string): string | null =>
  /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/s.exec(path)?.[0] ?? null

/**
 * Makes the program's own package the owner `app`, if no other code of an app takes part. If some does, the main script
 * is that of a tool which runs the app (`next start`).
 */
export function adoptProgram(places: Place[]): void {
  if (places.some(({ owner }) => owner === 'app')) return
  for (const place of places) if (place.isProgram) place.owner = 'app'
}

/** The places in a stack that are the app's, by the same measure. */
export const ofApp = <P extends Place>(places: P[]): P[] => {
  const isApp = ({ owner }: P) => owner === 'app'
  return places.some(isApp) ? places.filter(isApp) : places.filter(({ isProgram }) => isProgram)
}

/** `sequelize` for `sequelize/lib/model.js` */
export const packageOf = ({ file }: Place): string => /^(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? file

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
  const { code, hotLine, calls, givenTo } = original
  const isElsewhere = original.url !== place.url || original.line !== line || original.column !== column
  return {
    name: original.name,
    line: original.line,
    column: original.column,
    ...placeOf(original.url, cwd),
    ...(code !== undefined && { code }),
    ...(hotLine !== undefined && { hotLine }),
    ...(calls !== undefined && { calls }),
    ...(givenTo !== undefined && { givenTo }),
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
  if (inside.length > 1) {
    const file = (inside.at(-1) as string).split(sep).join('/')
    return {
      owner: 'package',
      file,
      ...(program !== null && packageDirectory(path) === program && { isProgram: true }),
    }
  }
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
