import { existsSync } from 'node:fs'
import { constants, Script } from 'node:vm'
import { codeOf } from '../lib/files.js'
import { importFile, requireFrom } from '../lib/require-from.js'
import type { ModulePlace } from '../model/module-place.js'

/** Imports it from the first place where it is. */
export function importModule({ module, places, isPackage }: ModulePlace): Promise<unknown> {
  if (isPackage) return importPackage(module, places)
  return importFile(places.find(place => existsSync(place)) ?? (places[0] as string))
}

/** @param from files whose directories are searched for `node_modules`, one after the other */
async function importPackage(name: string, from: string[]): Promise<unknown> {
  const base = from.find(file => isInstalled(name, file)) ?? (from[0] as string)
  try {
    return await importFile(requireFrom(base).resolve(name))
  } catch (error) {
    // `require` does not see packages that can only be imported, and `import` resolves from its own file.
    if (codeOf(error) === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return importFrom(base)(name)
    throw error
  }
}

function isInstalled(name: string, file: string): boolean {
  const places = requireFrom(file).resolve.paths(name) ?? []
  return places.some(place => existsSync(`${place}/${packageOf(name)}`))
}

function importFrom(file: string): (name: string) => Promise<unknown> {
  const importModuleDynamically = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER
  return new Script('name => import(name)', { filename: file, importModuleDynamically }).runInThisContext()
}

/** `@acme/sink` of `@acme/sink/s3`. */
export const packageOf = (name: string): string => name.split('/', name.startsWith('@') ? 2 : 1).join('/')
