import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf, directoryMode } from './files.js'
import type { Logger } from './log.js'
import { closeToOthers, isOwnDirectory } from './rooms.js'
import { isRefusal } from './runtime/permission.js'

const shared = () => join(tmpdir(), 'autodump')

/**
 * Where dumps go unless told otherwise: `autodump` under the temporary directory of the operating system, which all users
 * share: for whoever comes second, as a service with a user of its own or with `sudo` once, it is `autodump-<uid>`. Once
 * that is there it stays the one, so that the command line looks where the processes write. Makes nothing.
 */
export function defaultDirectory(): string {
  const first = shared()
  const uid = process.geteuid?.()
  if (uid === undefined) return first
  const second = `${first}-${uid}`
  return isOwnDirectory(second) || !isUsable(first) ? second : first
}

/** Takes that directory before another user does, and says so where it is not the usual one. */
export function claimDefaultDirectory(logger: Logger): string {
  // Where another user is quicker, the second look finds the other name.
  if (!claim(defaultDirectory())) claim(defaultDirectory())
  const dir = defaultDirectory()
  if (dir !== shared()) logger.warn(`autodump: ${shared()} is, or was, of another user, so dumps go to ${dir}`)
  return dir
}

function claim(dir: string): boolean {
  try {
    mkdirSync(dir, directoryMode)
    closeToOthers(dir)
  } catch (error) {
    // Whatever else it is, the store meets it too, and says it.
    if (codeOf(error) !== 'EEXIST') return true
  }
  return isUsable(dir)
}

/** Missing, or ours; of root, say, only where we may write. A link or a file is left for the store to judge. */
function isUsable(dir: string): boolean {
  try {
    const stats = lstatSync(dir, { throwIfNoEntry: false })
    if (stats === undefined || stats.uid === process.geteuid?.()) return true
    if (stats.uid !== 0) return false
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch (error) {
    // What may not be looked at is not known to be another user's; that it is of no use is said elsewhere.
    return isRefusal(error)
  }
}
