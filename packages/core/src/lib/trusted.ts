import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import { codeOf, fileMode } from './files.js'
import { type OpenFile, open, rm } from './fs.js'
import { isOwn, isTrusted } from './owner.js'

/**
 * The only door to the files in the directory of the dumps, where others may be able to write too. It opens without
 * following links and without waiting (for the other end of a FIFO, a device, a lease of its owner), with a limit for
 * the size, and believes nothing that belongs to a stranger. It always creates new files, so it never writes into an
 * existing one.
 */

const { O_RDONLY, O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

export const readFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK

const appendFlags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK

/** Something is there that we would not have put there. */
export class Untrusted extends Error {}

/** It belongs to another user. */
export class Foreign extends Untrusted {
  constructor(what: string, uid: number | bigint) {
    super(`${what} belongs to another user (uid ${uid})`)
  }
}

/** Codes of `open` for a link, a FIFO without a reader or a socket, and a file whose owner holds a lease. */
const notOurs = new Set(['ELOOP', 'EMLINK', 'ENXIO', 'EOPNOTSUPP', 'EAGAIN', 'EWOULDBLOCK'])

export const isUntrusted = (error: unknown): boolean => error instanceof Untrusted || notOurs.has(codeOf(error) ?? '')

type Facts = Pick<Stats, 'isFile' | 'uid' | 'dev' | 'size'>

function check(path: string, stats: Facts, maxBytes = Number.POSITIVE_INFINITY): void {
  if (!stats.isFile()) throw new Untrusted(`${path} is not a regular file`)
  if (!isTrusted(stats)) throw new Foreign(path, stats.uid)
  if (stats.size > maxBytes) throw new Untrusted(`${path} is larger than ${maxBytes} bytes`)
}

/**
 * Opens a regular file of ours for reading.
 *
 * @param opened the handle that `open` of the same path with `readFlags` gives, if the caller needs another kind of
 *   handle
 * @throws Untrusted for anything else at that path
 */
export async function openTrusted<File extends Pick<OpenFile, 'stat' | 'close'> = OpenFile>(
  path: string,
  opened: Promise<File> = open(path, readFlags) as Promise<never>,
): Promise<{ handle: File; size: number }> {
  const handle = await opened
  try {
    const stats = await handle.stat()
    check(path, stats)
    return { handle, size: stats.size }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Reads a small file of ours. Rejects with `Untrusted` if something else is there, or it is too large. */
export async function readTrusted(path: string, maxBytes: number): Promise<string> {
  const { handle, size } = await openTrusted(path)
  try {
    if (size > maxBytes) throw new Untrusted(`${path} is larger than ${maxBytes} bytes`)
    return await readAtMost(path, handle, size, maxBytes)
  } finally {
    await handle.close()
  }
}

/**
 * Reads a small file that the user of this process has named: it may be a link, and have any owner.
 *
 * @throws Untrusted where it is not a regular file, or too large
 */
export async function readNamed(path: string, maxBytes: number): Promise<string> {
  const handle = await open(path, O_RDONLY | O_NONBLOCK)
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw new Untrusted('it is not a regular file')
    if (stats.size > maxBytes) throw new Untrusted(`it has ${stats.size} bytes, more than ${maxBytes}`)
    return await readAtMost(path, handle, stats.size, maxBytes)
  } finally {
    await handle.close()
  }
}

/** A file may grow while it is read, and files that the kernel generates on the spot report a size of 0 bytes. */
async function readAtMost(path: string, handle: OpenFile, size: number, maxBytes: number): Promise<string> {
  const buffer = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(size, 4096)) + 1)
  let length = 0
  for (let read = -1; read !== 0 && length < buffer.length; length += read)
    read = (await handle.read(buffer, length, buffer.length - length)).bytesRead
  if (length > maxBytes) throw new Untrusted(`${path} is larger than ${maxBytes} bytes`)
  return buffer.toString('utf8', 0, length)
}

/** The synchronous form, with the time of the last change in epoch milliseconds. */
export function readTrustedSync(path: string, maxBytes: number): { text: string; changedAt: number } {
  const fd = openSync(path, readFlags)
  try {
    const stats = fstatSync(fd)
    check(path, stats, maxBytes)
    const buffer = Buffer.allocUnsafe(stats.size)
    let length = 0
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = readSync(fd, buffer, length, buffer.length - length, null)
    return { text: buffer.toString('utf8', 0, length), changedAt: stats.mtimeMs }
  } finally {
    closeSync(fd)
  }
}

/** Creates a file that nobody else may read, under any umask. Rejects when anything is there already, a link too. */
export async function createFile(path: string): Promise<OpenFile> {
  const handle = await open(path, 'wx', fileMode)
  // The umask can only have taken bits away. File systems without modes refuse this, and have nothing to set.
  await handle.chmod(fileMode).catch(() => {})
  return handle
}

/** The same, but replaces any file of that name. */
export async function createAnew(path: string): Promise<OpenFile> {
  await rm(path, { force: true })
  return createFile(path)
}

/** Creates a file with that content and waits until it is on the disk. */
export async function writeWhole(path: string, content: string): Promise<number> {
  const handle = await createFile(path)
  try {
    await handle.writeFile(content)
    await handle.sync()
    return (await handle.stat()).size
  } finally {
    await handle.close()
  }
}

/** Creates a small file with that content, synchronously. */
export function createFileSync(path: string, content: string): void {
  const fd = openSync(path, 'wx', fileMode)
  try {
    try {
      fchmodSync(fd, fileMode)
    } catch {} // As above.
    writeFileSync(fd, content)
  } finally {
    closeSync(fd)
  }
}

/** The same, but replaces any file of that name, so that no reader ever sees half of it. */
export function replaceFileSync(path: string, content: string): void {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`
  try {
    createFileSync(temporary, content)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/**
 * Appends to a file of ours, or begins it. Rejects with `Untrusted` if it is another user's, or another name of our
 * file.
 */
export async function appendTrusted(path: string, content: string): Promise<void> {
  const handle = await open(path, appendFlags, fileMode)
  try {
    const stats = await handle.stat()
    if (!stats.isFile() || !isOwn(stats) || stats.nlink !== 1) throw new Untrusted(`${path} is not a file of ours`)
    await handle.writeFile(content)
  } finally {
    await handle.close()
  }
}
