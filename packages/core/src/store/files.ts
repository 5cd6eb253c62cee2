import { constants } from 'node:fs'
import { dirname } from 'node:path'
import { chmod, mkdir, type OpenFile, open } from './fs.js'

export const directoryMode = 0o700
export const fileMode = 0o600

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
/** Does not follow a symbolic link, and does not wait at a FIFO that somebody has put there. */
export const readFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT'

/** Opens a regular file for reading. Rejects for links, directories, FIFOs and devices. */
export async function openRegular<File extends Pick<OpenFile, 'stat' | 'close'> = OpenFile>(
  path: string,
  opened: Promise<File> = open(path, readFlags) as Promise<never>,
): Promise<{ handle: File; size: number }> {
  const handle = await opened
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw new Error(`${path} is not a regular file`)
    return { handle, size: stats.size }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Creates a file that nobody else may read, whatever the umask. Rejects when it is there already. */
export async function createFile(path: string): Promise<OpenFile> {
  const handle = await open(path, 'wx', fileMode)
  // The umask can only have taken bits away. File systems without modes refuse this, and have nothing to set.
  await handle.chmod(fileMode).catch(() => {})
  return handle
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
  await chmod(path, directoryMode).catch(() => {})
}

/** Waits until the names in a directory are on the disk. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return // It has no such thing.
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (codeOf(error) !== 'EINVAL') throw error // Some network file systems do not have it either.
  } finally {
    await handle.close()
  }
}
