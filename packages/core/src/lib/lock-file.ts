import { randomBytes } from 'node:crypto'
import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs'
import { codeOf, isMissing } from './files.js'
import { identityOf, lifeOf, type ProcessIdentity } from './process-identity.js'
import { createFileSync, readTrustedSync } from './trusted.js'

/** The holder of a lock, from its file. */
export interface Holder {
  process: ProcessIdentity
  /** The purpose, in words. */
  what: string
  /** Identifies this acquisition. */
  token: string
}

/** `holder: null` if the file does not say, because it is just being written. */
export type Attempt = { release(): void } | { holder: Holder | null }

export interface LockOptions {
  /** Milliseconds after which the holder counts as hung, or as dead if its life is not visible. */
  maxAge: number
  /** @default lifeOf */
  life?: (process: ProcessIdentity, since: number) => 'alive' | 'dead' | 'unknown'
}

/** A file without content is being written, or a crash left it in between. Milliseconds. */
const moment = 2000

const maxBytes = 64 * 1024

/**
 * Takes a lock, or names its holder at once. A lock is a file that only one process can create (`O_EXCL`). A process
 * that dies with it leaves the file, and the next one moves that aside. Synchronous: a few calls on a tiny file, so
 * that nothing can come in between within this process.
 *
 * @throws the file system's error if it can make no file
 */
export function tryLock(file: string, what: string, { maxAge, life = lifeOf }: LockOptions): Attempt {
  const mine: Holder = { process: identityOf(), what, token: randomBytes(8).toString('hex') }
  for (let tries = 0; tries < 2; tries++) {
    try {
      createFileSync(file, JSON.stringify(mine))
      return { release: () => release(file, mine.token) }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    const held = look(file)
    if (held === 'gone') continue
    const { holder, age } = held
    const isOver = holder ? age > maxAge || life(holder.process, Date.now() - age) === 'dead' : age > moment
    if (!isOver) return { holder }
    moveAside(file, holder)
  }
  const held = look(file)
  return { holder: held === 'gone' ? null : held.holder }
}

function look(file: string): { holder: Holder | null; age: number } | 'gone' {
  try {
    const { text, changedAt } = readTrustedSync(file, maxBytes)
    // File times are wall-clock times, so this is no place for an injected clock. A lock from the future was made
    // before the clock was set back, and must not count as held until the clock has caught up.
    return { holder: parsed(text), age: Math.abs(Date.now() - changedAt) }
  } catch (error) {
    if (isMissing(error)) return 'gone'
    // A link, or another user's file: it is no lock of ours, and is moved aside like an abandoned one.
    return { holder: null, age: Math.abs(Date.now() - lstatSync(file).mtimeMs) }
  }
}

function parsed(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder | null
    return typeof holder?.token === 'string' && typeof holder.process?.pid === 'number' ? holder : null
  } catch {
    return null
  }
}

/** Only one process can rename it. If another process had taken the lock since our look, it gets the lock back. */
function moveAside(file: string, seen: Holder | null): void {
  const aside = `${file}.${randomBytes(4).toString('hex')}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  const moved = look(aside)
  try {
    if (moved !== 'gone' && moved.holder?.token !== seen?.token) linkSync(aside, file)
  } catch {
    // A third process was quicker still; then there are two holders, which does no harm.
  } finally {
    rmSync(aside, { force: true, recursive: true })
  }
}

/** Not if another process took it from us meanwhile. */
function release(file: string, token: string): void {
  try {
    const held = look(file)
    if (held !== 'gone' && held.holder?.token === token) rmSync(file)
  } catch {
    // Its age decides, then.
  }
}
