import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  type Stats,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf, directoryMode, isMissing } from './files.js'
import { mkdir, open, readdir, rm, rmdir } from './fs.js'
import { isOwn } from './owner.js'
import { isRefusal } from './runtime/permission.js'
import { isUntrusted, Untrusted } from './trusted.js'

const { O_RDONLY, O_DIRECTORY = 0, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

const directoryFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK

/**
 * The files and directories beside the dumps have fixed names, and in a shared directory another user may have such a
 * name before us, by chance or not. Then ours is the name with our user behind it: evidence is kept, and nobody else's
 * file is used.
 */
function pathsOf(dir: string, name: string): string[] {
  const uid = process.geteuid?.()
  return (uid === undefined ? [name] : [name, `${name}-${uid}`]).map(one => join(dir, one))
}

const look = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false })

/** Whether a directory, and no link to one, is there and ours. An unreadable one is not. */
export function isOwnDirectory(path: string): boolean {
  try {
    const stats = look(path)
    return stats?.isDirectory() === true && isOwn(stats)
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/**
 * The directory of that name in `dir` that is ours: made if there is none, and closed to all other users. Synchronous:
 * a few calls that wait for nothing.
 *
 * @throws Untrusted where others have taken its names, or something else of ours has it
 */
export function roomIn(dir: string, name: string): string {
  const foreign: string[] = []
  for (const path of pathsOf(dir, name)) {
    try {
      mkdirSync(path, directoryMode)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    const stats = lstatSync(path)
    if (isOwn(stats)) {
      if (!stats.isDirectory()) throw new Untrusted(`${path} is not a directory`)
      closeToOthers(path)
      return path
    }
    foreign.push(`${path} belongs to another user (uid ${stats.uid})`)
  }
  throw new Untrusted(foreign.join(', and '))
}

/**
 * The existing directories of `roomIn`: two if the other user has given up the first name since.
 *
 * @throws Untrusted where something else of ours has such a name
 */
export function roomsIn(dir: string, name: string): string[] {
  return pathsOf(dir, name).filter(path => {
    const stats = look(path)
    if (stats === undefined || !isOwn(stats)) return false
    if (!stats.isDirectory()) throw new Untrusted(`${path} is not a directory`)
    return true
  })
}

/** The path of the file of that name in `dir` that is ours, or free. */
export function fileIn(dir: string, name: string): string {
  const paths = pathsOf(dir, name)
  const isOurs = (path: string) => {
    const stats = look(path)
    return stats === undefined || isOwn(stats)
  }
  return paths.find(isOurs) ?? (paths[0] as string)
}

/** Creates a directory that nobody else may enter, and its parents likewise. Fine when it is there already. */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, directoryMode)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    if (!isMissing(error) || dirname(path) === path) throw error
    await makeDirectory(dirname(path))
    await mkdir(path, directoryMode)
  }
  closeToOthers(path)
}

/** Waits until the names in a directory are on the disk. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return // The file system does not support it.
  const handle = await open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK)
  try {
    await handle.sync()
  } catch (error) {
    if (codeOf(error) !== 'EINVAL') throw error // Some network file systems do not support it either.
  } finally {
    await handle.close()
  }
}

/** Gives a directory of ours the wanted mode, under any umask. Never through a link. */
export function closeToOthers(path: string): void {
  const stats = look(path)
  if (!stats?.isDirectory() || !isOwn(stats) || (stats.mode & 0o777) === directoryMode) return
  try {
    const fd = openSync(path, directoryFlags)
    try {
      if (isOwn(fstatSync(fd))) fchmodSync(fd, directoryMode)
    } finally {
      closeSync(fd)
    }
  } catch {
    try {
      chmodSync(path, directoryMode) // The umask has taken our own right to open it.
    } catch {} // A file system without modes has nothing to set.
  }
}

/** Node's permission model goes by paths. */
const hasPermissions = (process as { permission?: unknown }).permission !== undefined

/**
 * A path through the open directory itself: a rename by another process cannot put another one in its place. Only Linux
 * has it.
 */
function inside(fd: number, path: string): string {
  const anchor = `/proc/self/fd/${fd}`
  return process.platform === 'linux' && !hasPermissions && existsSync(anchor) ? anchor : path
}

const tries = 4

/**
 * Removes a directory of ours with all its content; fine if it is gone.
 *
 * @throws Untrusted where it is a link, or another user's: then nothing is removed
 */
export async function removeTree(path: string): Promise<void> {
  if (process.platform === 'win32') return rm(path, { recursive: true, force: true, maxRetries: 3 })
  for (let count = 1; ; count++) {
    try {
      await empty(path)
      return await rmdir(path)
    } catch (error) {
      if (isMissing(error)) return
      // Another process of ours has put something into it meanwhile.
      if (codeOf(error) !== 'ENOTEMPTY' || count === tries) throw error
    }
  }
}

async function empty(path: string): Promise<void> {
  const fd = openDirectory(path)
  try {
    if (!isOwn(fstatSync(fd))) throw new Untrusted(`${path} belongs to another user`)
    const directory = inside(fd, path)
    for (const name of await readdir(directory))
      await rm(join(directory, name), { recursive: true, force: true, maxRetries: 3 })
  } finally {
    closeSync(fd)
  }
}

function openDirectory(path: string): number {
  try {
    return openSync(path, directoryFlags)
  } catch (error) {
    if (codeOf(error) !== 'ENOTDIR' && !isUntrusted(error)) throw error
    throw new Untrusted(`${path} is not a directory`)
  }
}
