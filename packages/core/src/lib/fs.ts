import * as fs from 'node:fs'
import * as promises from 'node:fs/promises'
import { isRefusal } from './runtime/permission.js'

/**
 * The file functions of the store. In the monitor thread they block. Asynchronous ones queue for libuv's thread pool,
 * which the whole process shares: if the app has filled it with work, the evidence would wait for the very work that it
 * is to show. That thread is ours, so it may wait for the disk.
 */
let blocking = false

let onDone = () => {}

/**
 * Called once, by the monitor thread.
 *
 * @param done called after each completed call: an observer may want to know that we are still at work
 */
export function blockForFiles(done: () => void): void {
  blocking = true
  onDone = done
}

/** A call of the blocking twin. */
function done<T>(result: T): T {
  onDone()
  return result
}

/** The asynchronous function, or in the monitor thread its blocking twin behind the same promise. */
function either<F extends (...args: never[]) => Promise<unknown>>(patient: F, twin: unknown): F {
  const blocked = twin as (...args: never[]) => unknown
  const chosen = async (...args: never[]) => (blocking ? done(blocked(...args)) : patient(...args))
  return chosen as F
}

export const access = either(promises.access, fs.accessSync)

export const lstat = either(promises.lstat, fs.lstatSync)

export const mkdir = either(promises.mkdir, fs.mkdirSync)

/** For files of this package alone; all others come through `trusted.ts`. */
export const readFile = either(promises.readFile, fs.readFileSync)

export const readdir = either(promises.readdir, fs.readdirSync)

export const realpath = either(promises.realpath, fs.realpathSync)

export const rename = either(promises.rename, fs.renameSync)

export const rm = either(promises.rm, fs.rmSync)

export const rmdir = either(promises.rmdir, fs.rmdirSync)

export const stat = either(promises.stat, fs.statSync)

export const statfs = either(promises.statfs, fs.statfsSync)

/** The part of a `FileHandle` that the store needs. */
export interface OpenFile {
  stat(): Promise<fs.Stats>
  chmod(mode: number): Promise<void>
  /** Reads on where the last read ended, or at `position`. */
  read(buffer: Uint8Array, offset: number, length: number, position?: number): Promise<{ bytesRead: number }>
  /** Writes all of it where the last write ended. */
  writeFile(content: string | Uint8Array): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** For `trusted.ts` alone, which checks the opened files. */
export async function open(path: string, flags: string | number, mode?: number): Promise<OpenFile> {
  if (!blocking) return withLenientSync(await promises.open(path, flags, mode))
  const fd = fs.openSync(path, flags, mode)
  return {
    stat: async () => fs.fstatSync(fd),
    chmod: async bits => fs.fchmodSync(fd, bits),
    read: async (buffer, offset, length, position = undefined) =>
      done({ bytesRead: fs.readSync(fd, buffer, offset, length, position ?? null) }),
    writeFile: async content => done(fs.writeFileSync(fd, content)),
    sync: () => unlessRefused(async () => done(fs.fsyncSync(fd))),
    close: async () => fs.closeSync(fd),
  }
}

/**
 * Under the permission model newer versions of Node refuse to sync files: the system decides when the data is on disk.
 */
async function unlessRefused(sync: () => Promise<void>): Promise<void> {
  try {
    await sync()
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}

function withLenientSync(file: promises.FileHandle): OpenFile {
  return {
    stat: () => file.stat(),
    chmod: mode => file.chmod(mode),
    read: (buffer, offset, length, position) => file.read(buffer, offset, length, position ?? null),
    writeFile: content => file.writeFile(content),
    sync: () => unlessRefused(() => file.sync()),
    close: () => file.close(),
  }
}
