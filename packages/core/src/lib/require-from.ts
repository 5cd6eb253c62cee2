import { pathToFileURL } from 'node:url'

/**
 * The `require` of a file. Without the name `createRequire` at the top: apps in one file often have it in a banner, and a
 * second one is a syntax error.
 */
export const requireFrom = (file: string) => process.getBuiltinModule('node:module').createRequire(file)

/** Imports a module of the user by its path. The comments keep the bundlers of apps from looking for the file. */
export const importFile = (path: string): Promise<unknown> =>
  import(/* webpackIgnore: true */ /* @vite-ignore */ pathToFileURL(path).href)
