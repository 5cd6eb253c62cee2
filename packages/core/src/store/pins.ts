import { join } from 'node:path'
import { codeOf, isMissing } from '../lib/files.js'
import { lstat, readdir, rm } from '../lib/fs.js'
import { roomIn, roomsIn, syncDirectory } from '../lib/rooms.js'
import { createFile } from '../lib/trusted.js'
import { hasSettled, lookAt } from './directory.js'
import { isDumpId } from './dump-id.js'

/** In the directory of the dumps: an empty file for each pin, with the name of the dump. */
const pinsDirectory = '.pins'

export interface Pins {
  /** Looks for pins that other processes have set or removed. One `lstat` as long as there are none. */
  refresh(): Promise<void>
  /** As of the last look. They may be of dumps that are gone. */
  all(): ReadonlySet<string>
  /** Asks the disk. */
  isSet(id: string): Promise<boolean>
  /** `id` must be the id of a dump. Fine if it is set already. */
  set(id: string): Promise<void>
  /** Fine if it is not set. */
  unset(id: string): Promise<void>
  /** Removes those whose dump is gone. */
  sweep(): Promise<void>
}

/** The pinned dumps: on disk, for all processes that share the directory. Why: `decisions/201`. */
export function createPins(dir: string): Pins {
  const rooms = () => roomsIn(dir, pinsDirectory)
  let pinned: ReadonlySet<string> = new Set()
  let seen: string | undefined

  async function refresh() {
    // If a pin is unreadable, its last known state holds: retention must not take a failed look for a `no`.
    const looks = await Promise.all(
      rooms().map(async path => {
        const look = await lookAt(path)
        if (look.is === 'refused') throw new Error(look.why)
        return { path, look }
      }),
    )
    const found = looks.flatMap(({ path, look }) => (look.is === 'there' ? [{ path, look }] : []))
    const version = found.map(({ look }) => look.version).join()
    if (version === seen) return
    const names = await Promise.all(found.map(({ path }) => readdir(path)))
    pinned = new Set(names.flat().filter(isDumpId))
    seen = found.every(({ look }) => hasSettled(look)) ? version : undefined
  }

  async function isSet(id: string): Promise<boolean> {
    for (const path of rooms()) if (await exists(join(path, id))) return true
    return false
  }

  async function unset(id: string) {
    for (const path of rooms()) await rm(join(path, id), { force: true })
    pinned = new Set([...pinned].filter(one => one !== id))
    seen = undefined
  }

  return {
    refresh,
    all: () => pinned,
    isSet,

    async set(id) {
      const path = roomIn(dir, pinsDirectory)
      const file = await createFile(join(path, id)).catch(error => {
        if (codeOf(error) !== 'EEXIST') throw error
      })
      await file?.close()
      await syncDirectory(path)
      pinned = new Set([...pinned, id])
      seen = undefined
    },

    unset,

    async sweep() {
      await refresh()
      for (const id of pinned) if (!(await exists(join(dir, id)))) await unset(id)
    },
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
