import { type BigIntStats, chmodSync, linkSync, lstatSync, mkdtempSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { connect, type Server } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { listen } from './listen.js'

/** Milliseconds for a possible listener at an existing socket to show a sign of life. */
const patience = 1000

/** The size of `sun_path` in a socket's address; the systems cut off longer paths, or refuse them. */
const longestPath = process.platform === 'linux' ? 107 : 103

/** A named pipe of Windows: the system removes it with its process, and no file is involved. */
export const isPipe = (path: string): boolean => /^\\\\[.?]\\pipe\\/.test(path)

/**
 * Lets a server listen at a Unix socket of mode 0600. It replaces the socket of a dead process; if a process is
 * listening, or the path is anything but a socket, this rejects and touches nothing.
 *
 * The socket is born in a directory that only we may enter and linked to its path when its mode is right. So there is
 * no moment in which others may connect, and a link, unlike a rename, takes nobody else's place.
 *
 * @returns a function that removes the socket, unless another process's is there by then
 */
export async function listenAtSocket(server: Server, path: string): Promise<() => void> {
  const nursery = mkdtempSync(join(dirname(path), '.ad-'))
  try {
    const born = join(nursery, 's')
    if (Buffer.byteLength(born) > longestPath || Buffer.byteLength(path) > longestPath)
      throw new Error(`the path of the socket is too long: at most ${longestPath - 9} bytes with a short file name`)
    await makeWay(path, join(nursery, 'old'))
    await listen(server, { path: born })
    chmodSync(born, 0o600)
    const ino = look(born)?.ino
    place(born, path)
    return () => {
      if (look(path)?.ino === ino) unlinkSync(path)
    }
  } finally {
    rmSync(nursery, { recursive: true, force: true })
  }
}

/** Removes a socket without a listener. */
async function makeWay(path: string, aside: string): Promise<void> {
  const there = look(path)
  if (!there) return
  if (!there.isSocket()) throw new Error(`${basename(path)} is there already and is not a socket`)
  if (await isAlive(path)) throw inUse(path)
  // By the time of the look another process may have put its own socket there: the code looks again at the moved one.
  renameSync(path, aside)
  if (look(aside)?.ino === there.ino) return
  place(aside, path)
  throw inUse(path)
}

/** A link replaces nothing, where a rename would; but not every file system can link a socket. */
function place(socket: string, path: string): void {
  try {
    linkSync(socket, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw inUse(path)
    renameSync(socket, path)
  }
}

/** As bigints: as numbers, a socket spoils the next import of the app (decisions/265). */
function look(path: string): BigIntStats | undefined {
  return lstatSync(path, { throwIfNoEntry: false, bigint: true })
}

/** Only a refused connection proves that nobody is there; a connection that we may not make, for example, does not. */
function isAlive(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ path })
    const answer = (alive: boolean) => {
      socket.destroy()
      resolve(alive)
    }
    socket.setTimeout(patience, () => answer(true))
    socket.once('connect', () => answer(true))
    socket.once('error', (error: NodeJS.ErrnoException) =>
      answer(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    )
  })
}

function inUse(path: string): Error {
  return Object.assign(new Error(`listen EADDRINUSE: ${path}`), { code: 'EADDRINUSE' })
}
