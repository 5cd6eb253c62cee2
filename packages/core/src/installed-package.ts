import { dirname, join } from 'node:path'

/**
 * Directory of the installed package, as the main script or the working directory would find it: for what a bundle left
 * behind. `null`: there is none.
 */
export function installedPackage(): string | null {
  // Not by `import`, which bundlers would look into.
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
