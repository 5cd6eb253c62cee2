import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ModulePlace } from '../model/module-place.js'
import { scriptOf } from './pm2.js'

/** Where the app is, from which modules are looked up. */
export interface Whereabouts {
  cwd: string
  /** The file that Node was started with. */
  script: string | undefined
}

export const here = (): Whereabouts => ({ cwd: process.cwd(), script: scriptOf(process.env, process.argv[1]) })

/**
 * Absolute paths and packages stay as they are; anything else is looked up from the working directory, then from the
 * script.
 */
export function placesOf(module: string, { cwd, script }: Whereabouts): Omit<ModulePlace, 'module'> {
  const at = (...places: string[]) => ({ places: [...new Set(places)], isPackage: false })
  if (/^file:/i.test(module)) return at(fileURLToPath(module))
  if (isAbsolute(module)) return at(module)
  const base = script === undefined ? cwd : dirname(resolve(cwd, script))
  if (/^\.{0,2}[\\/]|^\.{1,2}$/.test(module)) return at(resolve(cwd, module), resolve(base, module))
  return { places: [...new Set([join(base, 'app.js'), join(cwd, 'app.js')])], isPackage: true }
}
