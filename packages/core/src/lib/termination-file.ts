import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { isThere } from './process-life.js'

/** Kubernetes shows at most this many bytes of the file, and takes no more. */
export const maxTerminationBytes = 4096

const { O_RDWR, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

const mark = /^autodump, process (\d+)(, last words)?: /

/** The beginning of each text. The processes of a container know the owner of the text by it. */
export const markOf = (pid: number, isLast = false): string =>
  `autodump, process ${pid}${isLast ? ', last words' : ''}: `

/**
 * Whether the text in the file may give way. Text of the app itself stays, also if it came in between, and so do last
 * words. Another process of this program keeps the file while it lives, unless this one has something urgent to say.
 */
export function mayReplace(
  current: string,
  { pid, isUrgent, isAlive }: { pid: number; isUrgent: boolean; isAlive(pid: number): boolean },
): boolean {
  if (current === '') return true
  const [, writer, last] = mark.exec(current) ?? []
  if (writer === undefined) return false
  if (Number(writer) === pid) return last === undefined
  return isUrgent || !isAlive(Number(writer))
}

/**
 * Writes the text over the old one. It never makes the file, and writes into nothing but a regular one. The file is a
 * mount of its own, so no other can be renamed over it: one write puts the text, filled up with blank lines to the
 * length of the old one, and then the file is cut. A process that is killed in between leaves blank lines.
 *
 * @returns whether the file has the text: `false` if it belongs to somebody else's text
 */
export function writeTerminationFile(
  path: string,
  text: string,
  { pid = process.pid, isUrgent = false }: { pid?: number; isUrgent?: boolean } = {},
): boolean {
  const fd = openSync(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK)
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile()) throw new Error(`${path} is not a regular file`)
    const current = Buffer.alloc(Math.min(stats.size, maxTerminationBytes))
    readSync(fd, current, 0, current.length, 0)
    if (!mayReplace(current.toString(), { pid, isUrgent, isAlive: isThere })) return false
    const wanted = Buffer.from(text)
    if (wanted.equals(current)) return true
    const filled = Buffer.alloc(Math.max(wanted.length, stats.size), '\n')
    wanted.copy(filled)
    writeSync(fd, filled, 0, filled.length, 0)
    if (filled.length > wanted.length) ftruncateSync(fd, wanted.length)
    return true
  } finally {
    closeSync(fd)
  }
}
