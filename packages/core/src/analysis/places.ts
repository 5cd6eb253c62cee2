import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Whose code a function is. `runtime` is V8 and Node: builtins, native code, `node:` modules; `autodump` is ours, which
 * takes part in every profile and is never to blame.
 */
export type Owner = 'app' | 'package' | 'runtime' | 'autodump'

export interface Place {
  owner: Owner
  /** Path below the working directory, `<package>/<path>` for a package, the URL itself for anything else. */
  file: string
}

/** Where the code of a profile's URL comes from, as a person would say it. */
export function placeOf(url: string, cwd: string): Place {
  if (url === '' || url.startsWith('node:') || url.startsWith('native ')) return { owner: 'runtime', file: url }
  const path = pathOf(url)
  if (path.startsWith(ownFiles) || ownPackages.test(path)) return { owner: 'autodump', file: path }
  const inside = path.split(/[\\/]node_modules[\\/]/)
  if (inside.length > 1) return { owner: 'package', file: (inside.at(-1) as string).split(sep).join('/') }
  if (!isAbsolute(path)) return { owner: 'app', file: path }
  const below = relative(cwd, path)
  return { owner: 'app', file: below.startsWith('..') || isAbsolute(below) ? path : below.split(sep).join('/') }
}

const ownFiles = fileURLToPath(new URL('..', import.meta.url))
const ownPackages = /[\\/]node_modules[\\/](@autodump|v8-profiler-next)[\\/]/

function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
