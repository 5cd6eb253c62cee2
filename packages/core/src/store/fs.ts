import fs from 'node:fs'
import promises from 'node:fs/promises'

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

type Name =
  | 'access'
  | 'chmod'
  | 'lstat'
  | 'mkdir'
  | 'readFile'
  | 'readdir'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'stat'
  | 'statfs'

function either<K extends Name>(name: K): (typeof promises)[K] {
  const blockingOne = fs[`${name}Sync`] as (...args: unknown[]) => unknown
  const patientOne = promises[name] as (...args: unknown[]) => Promise<unknown>
  const chosen = async (...args: unknown[]) => (blocking ? blockingOne(...args) : patientOne(...args))
  return chosen as unknown as (typeof promises)[K]
}

export const access = either('access')
export const chmod = either('chmod')
export const lstat = either('lstat')
export const mkdir = either('mkdir')
export const readFile = either('readFile')
export const readdir = either('readdir')
export const realpath = either('realpath')
export const rename = either('rename')
export const rm = either('rm')
export const stat = either('stat')
export const statfs = either('statfs')

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
  if (!blocking) return promises.open(path, flags, mode)
  const fd = fs.openSync(path, flags, mode)
  return {
    stat: async () => fs.fstatSync(fd),
    chmod: async bits => fs.fchmodSync(fd, bits),
    readFile: async encoding => fs.readFileSync(fd, encoding),
    writeFile: async content => fs.writeFileSync(fd, content),
    sync: async () => fs.fsyncSync(fd),
    close: async () => fs.closeSync(fd),
  }
}
