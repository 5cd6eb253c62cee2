import { constants, lstatSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, directoryMode } from './files.js'
import { isTrusted, learnOwner } from './owner.js'
import { closeToOthers } from './rooms.js'

/**
 * Makes the directory of the dumps if there is none, in a thread that is about to end. `false`: another user may have put
 * it there, or what is there is no directory. The same judgement as `prepareDirectory` of the store.
 */
export function prepareDirectorySync(dir: string): boolean {
  make(dir)
  const link = lstatSync(dir)
  if (link.isSymbolicLink() && !isTrusted(link) && isOpenToAll(dirname(dir))) return false
  const stats = statSync(dir)
  if (!stats.isDirectory() || !(isTrusted(stats) || !isOpenToAll(`${dir}/..`))) return false
  learnOwner(dir)
  return true
}

function make(dir: string): void {
  if (lstatSync(dir, { throwIfNoEntry: false })) return
  if (dirname(dir) !== dir) make(dirname(dir))
  try {
    mkdirSync(dir, directoryMode)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  closeToOthers(dir)
}

/** As in `/tmp`. `dir/..` goes through a link to the parent of its target. */
const isOpenToAll = (parent: string): boolean => (statSync(parent).mode & constants.S_IWOTH) !== 0
