import { execFileSync } from 'node:child_process'
import { chownSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Somebody else on the machine. */
export const stranger = 65534

/** Only root can give files away. */
export const isRoot = process.getuid?.() === 0

/** Things that may lie where one of our files should: none of them may be waited for, followed, or read whole. */
export const traps: Record<string, (path: string) => void | Promise<void>> = {
  'a FIFO': path => void execFileSync('mkfifo', [path]),
  'a link to an endless file': path => symlinkSync('/dev/zero', path),
  'a link to a FIFO'(path) {
    const fifo = join(elsewhere(), 'fifo')
    execFileSync('mkfifo', [fifo])
    symlinkSync(fifo, path)
  },
  'a link to itself': path => symlinkSync(path, path),
  'a link to nowhere': path => symlinkSync(`${path}-nowhere`, path),
  'a directory': path => mkdirSync(path),
  async 'a socket'(path) {
    const server = createServer().listen(path)
    onTestFinished(() => void server.close())
    await new Promise(resolve => server.once('listening', resolve))
  },
  'a file of 2 GB'(path) {
    writeFileSync(path, '')
    truncateSync(path, 2 * 1024 ** 3)
  },
}

/** Those that only root can make in the name of somebody else. */
export const strangersTraps: typeof traps = {
  'the file of another user'(path) {
    writeFileSync(path, '{"captures":[],"pid":1}', { mode: 0o644 })
    chownSync(path, stranger, stranger)
  },
  'the link of another user to a file of ours'(path) {
    const file = join(elsewhere(), 'precious')
    writeFileSync(file, 'precious')
    symlinkSync(file, path)
    execFileSync('chown', ['-h', String(stranger), path])
  },
}

/** A second name for a file of ours: a write into it writes into that. */
export function hardLink(path: string): string {
  const file = join(elsewhere(), 'precious')
  writeFileSync(file, 'precious')
  linkSync(file, path)
  return file
}

function elsewhere(): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-else-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
