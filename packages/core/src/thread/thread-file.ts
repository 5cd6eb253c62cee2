import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installedPackage } from '../installed-package.js'
import { codeOf } from '../store/files.js'

/**
 * Where the monitor thread's file may be, the likeliest first. It is beside this one, but in a bundle there is nothing
 * beside us, and an `entry.js` that is there would be the app's; then that of the installed package serves, where it was
 * deployed too.
 *
 * @param chosen the option `monitorThread`
 * @param here the URL of this file, as a bundler has left it: with webpack that of the machine that built it
 */
export function threadFiles(
  chosen: string | null,
  here: string | null = import.meta.url ?? null,
  find = installedEntry,
): string[] {
  if (chosen !== null) return [chosen]
  const isUnbundled = /^file:.*\/thread\/thread-file\.[jt]s$/.test(here ?? '')
  const own = isUnbundled ? [join(dirname(fileURLToPath(here as string)), 'entry.js')] : []
  const installed = find()
  return installed === null || own.includes(installed) ? own : [...own, installed]
}

function installedEntry(): string | null {
  const directory = installedPackage()
  const file = directory && join(directory, 'dist/thread/entry.js')
  return file && existsSync(file) ? file : null
}

const missing = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ENOENT'])

/** Whether a thread did not start because its file, or one that it imports, is not there. */
export const isFileMissing = (error: unknown): boolean => missing.has(codeOf(error) ?? '')

export const sayFileMissing = (chosen: string | null): string =>
  chosen === null
    ? "the file of the monitor thread was not found; where the app is bundled, keep '@autodump/core' out of the bundle or set the option monitorThread (docs/bundlers.md)"
    : `the file of the monitor thread was not found: the option monitorThread says ${chosen}`
