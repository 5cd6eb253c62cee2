import { randomBytes } from 'node:crypto'
import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs'
import { codeOf, isMissing } from './files.js'
import { identityOf, lifeOf, type ProcessIdentity } from './process-identity.js'
import { createFileSync, readTrustedSync } from './trusted.js'

/** Who holds a lock, as its file says. */
export interface Holder {
  process: ProcessIdentity
  /** What for, in words. */
  what: string
  /** Tells this taking from all others. */
  token: string
}

/** `holder: null` where the file does not say, because it is just being written. */
export type Attempt = { release(): void } | { holder: Holder | null }

export interface LockOptions {
  /** Milliseconds after which the holder is taken for hung, or for dead where that cannot be seen. */
  maxAge: number
  /** @default lifeOf */
  life?: (process: ProcessIdentity, since: number) => 'alive' | 'dead' | 'unknown'
}

/** A file without content is being written, or was left by a crash in between. Milliseconds. */
const moment = 2000

const maxBytes = 64 * 1024

/**
 * Takes a lock, or says at once who has it. A lock is a file that only one process can create (`O_EXCL`); whoever dies
 * with it leaves the file, and the next one moves that aside. Synchronous: a few calls on a tiny file, so that nothing
 * can come in between within this process.
 *
 * @throws what the file system says where no file can be made
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
    // File times are wall-clock times, so this is no place for an injected clock. One of the future was made before the
    // clock was set back, and must not be held until that has caught up.
    return { holder: parsed(text), age: Math.abs(Date.now() - changedAt) }
  } catch (error) {
    if (isMissing(error)) return 'gone'
    // A link, or of somebody else: it is no lock of ours and goes like one that was left.
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

/** Only one can rename it. If somebody had taken the lock since we looked, he gets it back. */
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
    // Another one was quicker still; then there are two, which is a pity but no harm.
  } finally {
    rmSync(aside, { force: true, recursive: true })
  }
}

/** Not if it was taken from us meanwhile. */
function release(file: string, token: string): void {
  try {
    const held = look(file)
    if (held !== 'gone' && held.holder?.token === token) rmSync(file)
  } catch {
    // It goes by its age, then.
  }
}
