import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, openSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What `stat` says of whose a file is. */
export interface Owned {
  uid: number | bigint
  dev: number | bigint
}

/** By device: the owner that a file gets which we make there. */
const learned = new Map<number, number>()

/**
 * Whether that is ours. Windows has no such owners. A volume may give every file an owner of its own choice (CIFS with
 * `uid=`, NFS with squashed users): there ours are those that belong to whom `learnOwner` has seen.
 */
export function isOwn({ uid, dev }: Owned): boolean {
  const own = process.geteuid?.()
  return own === undefined || Number(uid) === own || learned.get(Number(dev)) === Number(uid)
}

/** Whether that is safe to believe: ours, or root's, who could write into ours as well. */
export function isTrusted(owned: Owned): boolean {
  return isOwn(owned) || Number(owned.uid) === 0
}

/** The name of a file that `learnOwner` makes for a moment begins so. */
export const probeName = '.autodump-owner-'

/** Finds out whose the files are that we make in a directory. The file is ours from its creation, so nobody can deceive us. */
export function learnOwner(dir: string): void {
  const { dev, uid, mode } = statSync(dir)
  // Where we alone may write, whose user is ours, files are ours too.
  if (!process.geteuid || learned.has(dev) || (uid === process.geteuid() && (mode & 0o022) === 0)) return
  const file = join(dir, probeName + randomBytes(8).toString('hex'))
  try {
    const fd = openSync(file, 'wx', 0o600)
    try {
      const made = fstatSync(fd)
      learned.set(made.dev, made.uid)
    } finally {
      closeSync(fd)
      rmSync(file, { force: true })
    }
  } catch {
    // Nothing can be made there. Then only what belongs to our own user is ours.
  }
}
