import { accessSync, constants, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf, directoryMode } from './files.js'
import type { Logger } from './log.js'
import { programDirectory } from './program-name.js'
import { closeToOthers, isOwnDirectory } from './rooms.js'
import { isRefusal } from './runtime/permission.js'

/** A dump of an earlier version: its name begins with a moment. */
const isDump = (name: string) => /^\d{8}T\d{9}Z-/.test(name)

const shared = () => join(tmpdir(), 'autodump')

/**
 * The default directory for the dumps of a program. Each program has its own, so that it neither reports the crashes of
 * other programs nor shares their limits. Makes nothing.
 */
export const defaultDirectory = (program: string): string => join(defaultRoot(), programDirectory(program))

/**
 * The existing default directories: those of the programs of this user, and the one above them, which earlier versions
 * wrote to. If there is none, the latter.
 */
export function defaultDirectories(): string[] {
  const root = defaultRoot()
  const names = namesIn(root)
  const programs = names.filter(name => !name.startsWith('.') && !isDump(name)).map(name => join(root, name))
  const found = programs.filter(isOwnDirectory)
  const isUsed = names.some(name => name.startsWith('.') || isDump(name))
  return isUsed || found.length === 0 ? [root, ...found] : found
}

/**
 * The directory of the default directories: `autodump` under the temporary directory of the operating system, which all
 * users share. For the second user, e.g. a service with a user of its own or one run of `sudo`, it is `autodump-<uid>`.
 * Once that directory exists, it stays in use, so that the command line looks where the processes write.
 */
function defaultRoot(): string {
  const first = shared()
  const uid = process.geteuid?.()
  if (uid === undefined) return first
  const second = `${first}-${uid}`
  return isOwnDirectory(second) || !isUsable(first) ? second : first
}

/** Takes that directory before another user does, and logs an unusual name. */
export function claimDefaultDirectory(logger: Logger, program: string): string {
  // If another user is quicker, the second look finds the other name.
  if (!claim(defaultRoot())) claim(defaultRoot())
  const [root, dir] = [defaultRoot(), defaultDirectory(program)]
  if (root !== shared()) logger.warn(`autodump: ${shared()} is, or was, of another user, so dumps go to ${dir}`)
  return dir
}

function claim(dir: string): boolean {
  try {
    mkdirSync(dir, directoryMode)
    closeToOthers(dir)
  } catch (error) {
    // The store meets any other error too, and reports it.
    if (codeOf(error) !== 'EEXIST') return true
  }
  return isUsable(dir)
}

/** Missing, or ours; one of another user, e.g. root, only if we may write there. The store judges a link or a file. */
function isUsable(dir: string): boolean {
  try {
    const stats = lstatSync(dir, { throwIfNoEntry: false })
    if (stats === undefined || stats.uid === process.geteuid?.()) return true
    if (stats.uid !== 0) return false
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch (error) {
    // An unreadable directory may be ours; other code reports that it is unusable.
    return isRefusal(error)
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return [] // No process has written there yet, or we may not look at it.
  }
}
