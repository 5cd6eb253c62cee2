import * as fs from 'node:fs'
import * as promises from 'node:fs/promises'
import { isRefusal } from '../runtime/permission.js'

/**
 * The file functions of the store. In the monitor thread they block: asynchronous ones queue for libuv's thread pool,
 * which the whole process shares, and behind an app that has filled it with work the evidence would wait for just what
 * it is to show. That thread is ours, so nobody minds if it waits for the disk.
 */
let blocking = false

/** Called once, by the monitor thread. */
export function blockForFiles(): void {
  blocking = true
}

/** The asynchronous function, or in the monitor thread its blocking twin behind the same promise. */
function either<F extends (...args: never[]) => Promise<unknown>>(patient: F, twin: unknown): F {
  const chosen = async (...args: never[]) => (blocking ? (twin as (...args: never[]) => unknown) : patient)(...args)
  return chosen as F
}

export const appendFile = either(promises.appendFile, fs.appendFileSync)
export const access = either(promises.access, fs.accessSync)
export const chmod = either(promises.chmod, fs.chmodSync)
export const lstat = either(promises.lstat, fs.lstatSync)
export const mkdir = either(promises.mkdir, fs.mkdirSync)
export const readFile = either(promises.readFile, fs.readFileSync)
export const readdir = either(promises.readdir, fs.readdirSync)
export const realpath = either(promises.realpath, fs.realpathSync)
export const rename = either(promises.rename, fs.renameSync)
export const rm = either(promises.rm, fs.rmSync)
export const stat = either(promises.stat, fs.statSync)
export const writeFile = either(promises.writeFile, fs.writeFileSync)
export const statfs = either(promises.statfs, fs.statfsSync)

/** The part of a `FileHandle` that the store needs. */
export interface OpenFile {
  stat(): Promise<fs.Stats>
  chmod(mode: number): Promise<void>
  readFile(encoding: 'utf8'): Promise<string>
  /** Writes all of it where the last write ended. */
  writeFile(content: string | Uint8Array): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

export async function open(path: string, flags: string | number, mode?: number): Promise<OpenFile> {
  if (!blocking) return withLenientSync(await promises.open(path, flags, mode))
  const fd = fs.openSync(path, flags, mode)
  return {
    stat: async () => fs.fstatSync(fd),
    chmod: async bits => fs.fchmodSync(fd, bits),
    readFile: async encoding => fs.readFileSync(fd, encoding),
    writeFile: async content => fs.writeFileSync(fd, content),
    sync: () => unlessRefused(async () => fs.fsyncSync(fd)),
    close: async () => fs.closeSync(fd),
  }
}

/** Under the permission model newer versions of Node sync no file for anybody: it is on disk when the system sees fit. */
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
    readFile: encoding => file.readFile(encoding),
    writeFile: content => file.writeFile(content),
    sync: () => unlessRefused(() => file.sync()),
    close: () => file.close(),
  }
}
