import { constants } from 'node:fs'
import { dirname } from 'node:path'
import { AutodumpError, messageOf } from '../lib/errors.js'
import { isMissing } from '../lib/files.js'
import { access, lstat, realpath, stat } from '../lib/fs.js'
import { isTrusted, learnOwner } from '../lib/owner.js'
import { makeDirectory } from '../lib/rooms.js'

/** `version` changes when names in the directory do. */
export type Look =
  | { is: 'there'; version: string; changedAt: number }
  | { is: 'missing' }
  | { is: 'refused'; why: string }

/** Coarse file systems count the time of a change in steps of up to two seconds. */
const timestampStep = 2000

/**
 * Whether a change that comes now would show in the version. If a directory was changed just before, the same
 * modification time may hide another change; this is not so if it was changed before the clock was set back. File times
 * are wall-clock times, so this is no place for an injected clock.
 */
export function hasSettled({ changedAt }: { changedAt: number }): boolean {
  return Math.abs(Date.now() - changedAt) > timestampStep
}

/**
 * Looks at the directory of the dumps without touching it. Never rejects. The default directory lies in the shared
 * temporary directory, where another user may have put something under its name.
 */
export async function lookAt(dir: string): Promise<Look> {
  const refuse = (why: string): Look => ({ is: 'refused', why })
  try {
    let stats = await lstat(dir, { bigint: true })
    if (stats.isSymbolicLink()) {
      if (!isTrusted(stats) && (await isOpenToAll(dirname(dir))))
        return refuse(foreign(`the symbolic link ${dir}`, stats.uid))
      stats = await stat(dir, { bigint: true })
    }
    if (!stats.isDirectory()) return refuse(`${dir} is not a directory`)
    if (!isTrusted(stats) && (await isOpenToAll(dirname(await realpath(dir))))) return refuse(foreign(dir, stats.uid))
    const version = `${stats.dev}:${stats.ino}:${stats.mtimeNs}`
    return { is: 'there', version, changedAt: Number(stats.mtimeNs / 1_000_000n) }
  } catch (error) {
    return isMissing(error) ? { is: 'missing' } : refuse(`cannot look at ${dir}: ${messageOf(error)}`)
  }
}

/**
 * Makes the directory if there is none, and makes sure that dumps can be written there. The mode of an existing
 * directory is the user's business; everything inside is closed to others anyway.
 *
 * @throws AutodumpError `FAILED` that says why not
 */
export async function prepareDirectory(dir: string): Promise<void> {
  let look = await lookAt(dir)
  try {
    if (look.is === 'missing') {
      await makeDirectory(dir)
      look = await lookAt(dir)
    }
    if (look.is === 'there') await access(dir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new AutodumpError('FAILED', `cannot write dumps to ${dir}: ${messageOf(error)}`, { cause: error })
  }
  if (look.is === 'refused') throw new AutodumpError('FAILED', look.why)
  if (look.is === 'missing') throw new AutodumpError('FAILED', `${dir} is a symbolic link to nowhere`)
  learnOwner(dir)
}

/**
 * Whether all users may make files in a directory, as in `/tmp`. Only there does a foreign owner mean an intruder: a
 * volume that a container mounts often belongs to a user of the host.
 */
async function isOpenToAll(parent: string): Promise<boolean> {
  return ((await stat(parent)).mode & constants.S_IWOTH) !== 0
}

function foreign(what: string, uid: bigint): string {
  return `${what} belongs to another user (uid ${uid}): dumps hold secrets, so set the option dir to a directory of your own`
}
