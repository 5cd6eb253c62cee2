import { join } from 'node:path'
import { isMissing } from '../lib/files.js'
import { lstat, readdir, rm } from '../lib/fs.js'
import { type Attempt, tryLock } from '../lib/lock-file.js'
import { roomIn, roomsIn } from '../lib/rooms.js'
import { readTrusted, replaceFileSync } from '../lib/trusted.js'
import { hasSettled, lookAt } from './directory.js'
import { isDumpId } from './dump-id.js'

/** In the directory of the dumps. */
const marksDirectory = '.bucket'

const maxBytes = 4 * 1024 ** 2

/** A lock of a process of unknown state expires after that; a dump takes minutes at most. Milliseconds. */
const maxLockAge = 6 * 3600_000

type Kind = 'uploaded' | 'uploading'

/**
 * The upload state of each dump: `<id>.uploading` with the data to go on with it, then `<id>.uploaded`. A dump without
 * a mark waits for its upload, so nothing is lost whenever a process dies (decisions/290).
 */
export interface UploadMarks {
  /** Looks for the marks of other processes. One `lstat` as long as nothing has changed. */
  refresh(): Promise<void>
  /** As of the last look. */
  isUploaded(id: string): boolean
  /** As of the last look: ids with that mark. */
  all(kind: Kind): string[]
  /** `undefined` if there is none, or no usable one. */
  read(id: string): Promise<unknown>
  write(id: string, state: unknown): void
  /** It is in the bucket. */
  done(id: string, uploaded: { at: string; url: string }): Promise<void>
  /** The dump is gone. */
  forget(id: string): Promise<void>
  /** One process at a time uploads a dump. */
  lock(id: string): Attempt
}

export function createUploadMarks(dir: string): UploadMarks {
  const marks: Record<Kind, Set<string>> = { uploaded: new Set(), uploading: new Set() }
  let seen: string | undefined
  const path = (id: string, kind: string) => join(roomIn(dir, marksDirectory), `${id}.${kind}`)

  async function removeFile(id: string, kind: string): Promise<void> {
    for (const room of roomsIn(dir, marksDirectory)) await rm(join(room, `${id}.${kind}`), { force: true })
    if (kind !== 'lock') marks[kind as Kind].delete(id)
    seen = undefined
  }

  return {
    async refresh() {
      // If a mark is unreadable, its last known state holds: retention must not take a failed look for a `no`.
      const looks = await Promise.all(
        roomsIn(dir, marksDirectory).map(async room => {
          const look = await lookAt(room)
          if (look.is === 'refused') throw new Error(look.why)
          return { room, look }
        }),
      )
      const found = looks.flatMap(({ room, look }) => (look.is === 'there' ? [{ room, look }] : []))
      const version = found.map(({ look }) => look.version).join()
      if (version === seen) return
      const names = (await Promise.all(found.map(({ room }) => readdir(room)))).flat()
      for (const kind of ['uploaded', 'uploading'] as const)
        marks[kind] = new Set(
          names
            .filter(name => name.endsWith(`.${kind}`))
            .map(name => name.slice(0, -kind.length - 1))
            .filter(isDumpId),
        )
      seen = found.every(({ look }) => hasSettled(look)) ? version : undefined
    },
    isUploaded: id => marks.uploaded.has(id),
    all: kind => [...marks[kind]],
    async read(id) {
      for (const room of roomsIn(dir, marksDirectory)) {
        try {
          return JSON.parse(await readTrusted(join(room, `${id}.uploading`), maxBytes))
        } catch (error) {
          if (!isMissing(error) && !(error instanceof SyntaxError)) throw error
        }
      }
      return undefined
    },
    write(id, state) {
      replaceFileSync(path(id, 'uploading'), JSON.stringify(state))
      marks.uploading.add(id)
    },
    async done(id, uploaded) {
      replaceFileSync(path(id, 'uploaded'), JSON.stringify(uploaded))
      marks.uploaded.add(id)
      await removeFile(id, 'uploading')
    },
    async forget(id) {
      for (const kind of ['uploaded', 'uploading', 'lock']) await removeFile(id, kind)
    },
    lock: id => tryLock(path(id, 'lock'), 'upload a dump', { maxAge: maxLockAge }),
  }
}

/** Whether a dump is on disk. */
export async function isThere(dir: string, id: string): Promise<boolean> {
  return lstat(join(dir, id)).then(
    () => true,
    error => {
      if (isMissing(error)) return false
      throw error
    },
  )
}
