import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Whose code a function is. `runtime` is V8 and Node: builtins, native code, `node:` modules. */
export type Owner = 'app' | 'package' | 'runtime'

export interface Place {
  owner: Owner
  /** Path below the working directory, `<package>/<path>` for a package, the URL itself for anything else. */
  file: string
}

/** Where the code of a profile's URL comes from, as a person would say it. */
export function placeOf(url: string, cwd: string): Place {
  if (url === '' || url.startsWith('node:') || url.startsWith('native ')) return { owner: 'runtime', file: url }
  const path = pathOf(url)
  const inside = path.split(/[\\/]node_modules[\\/]/)
  if (inside.length > 1) return { owner: 'package', file: (inside.at(-1) as string).split(sep).join('/') }
  if (!isAbsolute(path)) return { owner: 'app', file: path }
  const below = relative(cwd, path)
  return { owner: 'app', file: below.startsWith('..') || isAbsolute(below) ? path : below.split(sep).join('/') }
}

function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
