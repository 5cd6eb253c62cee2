import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf } from '../lib/files.js'
import { roomIn, roomsIn } from '../lib/rooms.js'
import { isRefusal } from '../lib/runtime/permission.js'
import type { InstanceRecord } from './instance.js'
import { instancesIn, publishInstance, sweepIn } from './instances.js'

/** One for all monitors of a user, with any dump directories: there the command line finds them. */
const registerName = 'autodump-monitors'

/** A monitor in the register. */
export interface Registered extends InstanceRecord {
  id: string
  /** Its dump directory. */
  dir: string
}

/**
 * Enters a monitor in the register, and sweeps the dead ones out.
 *
 * @returns the path of the entry; `null` where the user may write no files there, as with a read-only root
 */
export async function enterRegister(id: string, instance: InstanceRecord, dir: string): Promise<string | null> {
  try {
    const register = roomIn(tmpdir(), registerName)
    await sweepIn(register)
    const file = join(register, `${id}.json`)
    publishInstance(file, { ...instance, dir })
    return file
  } catch (error) {
    // The dump directory works without it, and its owner has chosen to allow no more.
    if (isRefusal(error) || ['EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null
    throw error
  }
}

/**
 * The monitors in the register, also those of processes that died without a goodbye, the oldest first: their dumps are
 * wanted.
 */
export async function listRegister(): Promise<(Registered & { isRunning: boolean })[]> {
  const found = await Promise.all(registers().map(instancesIn))
  return found.flat().filter((one): one is Registered & { isRunning: boolean } => typeof one.dir === 'string')
}

function registers(): string[] {
  try {
    return roomsIn(tmpdir(), registerName)
  } catch {
    return [] // Something else of ours has the name: entering it reports that.
  }
}
