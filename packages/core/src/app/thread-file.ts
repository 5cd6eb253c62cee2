import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../lib/files.js'
import { ownDirectory, packageDirectories } from '../lib/installed-package.js'

/**
 * Where the monitor thread's file is, the likeliest first. A file of that name beside us is not looked for: in a bundle it
 * would be the app's.
 *
 * @param chosen the option `monitorThread`
 */
export function threadFiles(chosen: string | null, directories = packageDirectories()): string[] {
  if (chosen !== null) return [chosen]
  return directories.map(directory => join(directory, 'dist/bundle/monitor-thread.js')).filter(file => existsSync(file))
}

/**
 * Those files, to be tried one after the other. They are looked for when the first is needed, but in a bundle at once: there
 * the working directory counts, which the app may change.
 */
export function createThreadFiles(chosen: string | null, entry?: URL) {
  let files: (string | URL)[] | undefined = entry && [entry]
  if (ownDirectory === null) files ??= threadFiles(chosen)
  const all = () => {
    files ??= threadFiles(chosen)
    return files
  }
  return {
    first: (): string | URL | undefined => all()[0],
    /** Gives up the first. Whether there is another. */
    next(): boolean {
      files = all().slice(1)
      return files.length > 0
    },
  }
}

const missing = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ENOENT'])

/** Whether a thread did not start because its file, or one that it imports, is not there. */
export const isFileMissing = (error: unknown): boolean => missing.has(codeOf(error) ?? '')

export const sayFileMissing = (chosen: string | null): string =>
  chosen === null
    ? "the file of the monitor thread was not found; where the app is bundled, keep '@autodump/core' out of the bundle or set the option monitorThread (docs/bundlers.md)"
    : `the file of the monitor thread was not found: the option monitorThread says ${chosen}`
