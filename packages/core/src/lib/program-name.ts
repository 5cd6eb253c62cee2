import { readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * The common name of a script's program: the name of its package, else that of the script. A script in `node_modules`,
 * as with `next` or `nest`, runs the package of the working directory.
 *
 * @param script its path; `undefined` if there is none, as with `node -e`
 */
export function programName(script: string | undefined, cwd = workingDirectory()): string {
  if (!script) return (cwd && packageName(cwd)) || 'node'
  const path = attempt(() => realpathSync(script)) ?? script
  const own = packageName(dirname(path))
  const isInstalled = /[\\/]node_modules[\\/]/.test(path)
  return (isInstalled && cwd && packageName(cwd)) || own || basename(script).replace(/\.[cm]?[jt]sx?$/, '') || 'node'
}

/** That name as one directory name: `@shop/orders-api` is `shop-orders-api`. */
export function programDirectory(name: string): string {
  return (
    name
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 64) || 'node'
  )
}

/** The name in the nearest `package.json` that has one. */
function packageName(from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    const name = attempt(() => JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).name as unknown)
    if (typeof name === 'string' && name !== '') return name.slice(0, 214)
    if (directory === dirname(directory)) return undefined
  }
}

function workingDirectory(): string | undefined {
  return attempt(() => process.cwd()) // The directory may be gone.
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
