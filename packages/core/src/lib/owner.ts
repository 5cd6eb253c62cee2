import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, openSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The part of `stat` that tells the owner of a file. */
export interface Owned {
  uid: number | bigint
  dev: number | bigint
}

/** By device: the owner of the files that we make there. */
const learned = new Map<number, number>()

/**
 * Whether the file is ours. Windows has no such owners. A volume may give every file an owner of its own choice (CIFS
 * with `uid=`, NFS with squashed users): there the files of the owner that `learnOwner` has seen are ours.
 */
export function isOwn({ uid, dev }: Owned): boolean {
  const own = process.geteuid?.()
  return own === undefined || Number(uid) === own || learned.get(Number(dev)) === Number(uid)
}

/** Whether the file is safe to believe: ours, or root's, since root could write into ours as well. */
export function isTrusted(owned: Owned): boolean {
  return isOwn(owned) || Number(owned.uid) === 0
}

/** The prefix of the file that `learnOwner` makes for a moment. */
export const probeName = '.autodump-owner-'

/**
 * Finds out the owner of the files that we make in a directory. The file is ours from its creation, so nobody can
 * deceive us.
 */
export function learnOwner(dir: string): void {
  const { dev, uid, mode } = statSync(dir)
  // In a directory of our user where only we may write, files are ours too.
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
    // We can make no file there. Then only files of our own user are ours.
  }
}
