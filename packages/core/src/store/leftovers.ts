import { randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, rmdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { codeOf, directoryMode, isMissing } from '../lib/files.js'
import { lstat, readdir, rename, rm } from '../lib/fs.js'
import { isOwn, probeName } from '../lib/owner.js'
import { isThere } from '../lib/process-life.js'
import { closeToOthers, removeTree } from '../lib/rooms.js'
import { createFileSync, readTrusted } from '../lib/trusted.js'
import { dumpPid, readHiddenName, removedName, temporaryName } from './dump-id.js'
import { isQuotaLeftover } from './quota.js'

/**
 * In a temporary directory: the host whose process writes it, and on a second line the number of that process. On a
 * shared volume a number alone says nothing; and the dump of a crash has the number of the dead process in its name.
 */
export const ownerFile = '.owner'

/** In a temporary directory: an entry for each complete artifact, as JSON lines. */
export const finishedFile = '.finished'

const maxOwnerBytes = 1024

const day = 24 * 3600_000

/** A directory without its owner file is just being made. */
const moment = 60_000

/**
 * Reserves an id by making its temporary directory, which only one process can. Returns whether it was free; throws if
 * nothing can be made in `dir`. Synchronous, because the caller gets its id before anything is awaited.
 */
export function claim(dir: string, id: string): boolean {
  const path = join(dir, temporaryName(id))
  try {
    mkdirSync(path, directoryMode)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
  // A process that published this id has renamed the temporary directory before, so this check comes second.
  if (lstatSync(join(dir, id), { throwIfNoEntry: false })) {
    rmdirSync(path)
    return false
  }
  try {
    closeToOthers(path)
    createFileSync(join(path, ownerFile), `${hostname()}\n${process.pid}`)
    return true
  } catch (error) {
    rmSync(path, { recursive: true, force: true })
    throw error
  }
}

/**
 * Removes a directory in a way that never shows it half removed. Resolves with whether this call removed it.
 *
 * @param unless is asked when nobody can see the dump any more, and brings it back
 */
export async function removeDump(
  dir: string,
  id: string,
  unless: () => Promise<boolean> = async () => false,
): Promise<{ found: boolean; rest?: Promise<void> }> {
  const hidden = join(dir, removedName(id, randomBytes(4).toString('hex')))
  try {
    await rename(join(dir, id), hidden)
  } catch (error) {
    if (isMissing(error)) return { found: false }
    throw error
  }
  if (await unless().catch(() => true)) {
    await rename(hidden, join(dir, id))
    return { found: false }
  }
  return { found: true, rest: removeTree(hidden) }
}

/**
 * Removes the leftovers of dead processes: half written dumps, half removed dumps, half written quota files. Never
 * removes a file that another living process is writing, also on another host, or one that another user has made.
 *
 * @param keep tells of a half written dump, by the number of its process, whether somebody will look after it
 */
export async function sweep(
  dir: string,
  pid: number,
  onError: (what: string, error: unknown) => void,
  keep: (pid: number) => boolean = () => false,
): Promise<void> {
  for (const name of await readdir(dir)) {
    const path = join(dir, name)
    try {
      const hidden = readHiddenName(name)
      if (hidden?.kind === 'writing' && keep(dumpPid(hidden.id)) && (await isItsOwn(path, hidden.id))) continue
      if (!(await isLeftover(path, name, pid))) continue
      if (hidden) await removeTree(path)
      else await rm(path, { force: true })
    } catch (error) {
      if (!isMissing(error)) onError(`sweep ${name}`, error)
    }
  }
}

/** Otherwise it is the dump of a crash whose writer has died too: it is made anew from its beginning. */
async function isItsOwn(path: string, id: string): Promise<boolean> {
  const writer = (await readOwner(path))?.pid ?? null
  return writer === null || writer === dumpPid(id)
}

async function isLeftover(path: string, name: string, pid: number): Promise<boolean> {
  const hidden = readHiddenName(name)
  if (!hidden && !isQuotaLeftover(name) && !name.startsWith(probeName)) return false
  const stats = await lstat(path)
  if (!isOwn(stats) || (hidden ? !stats.isDirectory() : !stats.isFile())) return false
  if (hidden?.kind === 'removing') return true
  // File times are wall-clock times, so this is no place for an injected clock.
  const age = Date.now() - stats.mtimeMs
  if (age > day) return true
  if (!hidden) return age > moment

  const owner = await readOwner(path)
  const host = owner?.host ?? null
  if (host !== null && host !== hostname()) return false
  const writer = owner?.pid ?? dumpPid(hidden.id)
  // Its number may be ours and yet belong to an earlier process: in a container every process is number 1.
  const isOver = writer === pid ? age > process.uptime() * 1000 : !isThere(writer)
  return isOver && (host !== null || age > moment)
}

/** The process that writes into a temporary directory; `null` if that is not known (yet). */
export async function readOwner(path: string): Promise<{ host: string; pid: number | null } | null> {
  const text = await readTrusted(join(path, ownerFile), maxOwnerBytes).catch(() => null)
  const [host = '', pid = ''] = text?.split('\n') ?? []
  // It is empty between two steps of its writing.
  if (host === '') return null
  return { host, pid: /^\d{1,10}$/.test(pid) ? Number(pid) : null }
}
