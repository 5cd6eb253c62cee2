import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The possible places of this package, the likeliest first: around this code, and, for the files that an app's bundle
 * leaves out, the place where it is installed.
 */
export function packageDirectories(own = ownDirectory, find = installedPackage): string[] {
  return [...new Set([own, find()])].filter(directory => directory !== null)
}

/**
 * The directory of this package if the file lies in it; in a bundle it lies in the app, which is not ours.
 *
 * @param here the URL of this file, as a bundler has left it: with webpack that of the build machine
 */
export function ownPackage(here: string | null = import.meta.url ?? null): string | null {
  try {
    if (!here?.startsWith('file:')) return null
    let directory = dirname(fileURLToPath(here))
    while (!existsSync(join(directory, 'package.json'))) {
      if (directory === dirname(directory)) return null
      directory = dirname(directory)
    }
    return manifestOf(directory).name === '@autodump/core' ? directory : null
  } catch {
    return null // The path is not of this machine, or nothing there is readable.
  }
}

const manifestOf = (directory: string) => JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))

/** As the main script or the working directory would resolve it. */
function installedPackage(): string | null {
  // Without `import`, because bundlers would look into it.
  const { createRequire } = process.getBuiltinModule('node:module')
  for (const from of [process.argv[1], join(process.cwd(), 'app.js')]) {
    try {
      if (from) return dirname(createRequire(from).resolve('@autodump/core/package.json'))
    } catch {
      // Not there.
    }
  }
  return null
}

/** The directory of this package, looked for once; `null` in a bundle. */
export const ownDirectory = ownPackage()

/** Version of @autodump/core; a bundle does not know it. */
export const version: string = ownDirectory === null ? 'unknown' : manifestOf(ownDirectory).version
