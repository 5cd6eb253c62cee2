import { AutodumpError } from '../lib/errors.js'
import { statfs } from '../lib/fs.js'
import type { ResolvedOptions } from '../model/options.js'
import type { IndexedDump } from '../model/store.js'
import type { createAges } from './ages.js'
import type { createDumpIndex } from './dump-index.js'
import type { createPins } from './pins.js'
import { type Disk, type DiskRoom, roomOn } from './reserve.js'
import { planRetention } from './retention.js'
import type { UploadMarks } from './upload-marks.js'

interface Parts extends Pick<ResolvedOptions, 'dir' | 'retention'> {
  index: ReturnType<typeof createDumpIndex>
  pins: ReturnType<typeof createPins>
  uploads: UploadMarks | null | undefined
  waits(dump: IndexedDump): boolean
  ageOf: ReturnType<typeof createAges>
  /** Removes a dump, unless the answer is yes. */
  remove(id: string, unless: () => Promise<boolean>): Promise<boolean>
  onError(what: string, error: unknown): void
  clock: () => number
  /** @default that of node:fs */
  statfs?: ((path: string) => Promise<Disk>) | undefined
}

export interface Room {
  /** Removes the dumps that retention has no place for. Resolves with the bytes that are free afterwards, and those that should be. */
  applyRetention(more: { incoming?: { bytes: number }; keep?: string }): Promise<DiskRoom>
  /** Makes room for one more dump of the usual size. @throws AutodumpError NO_ROOM */
  make(): Promise<void>
  /** Whether the disk has `retention.minFreeBytes`. */
  isThere(): Promise<boolean>
  lookAtPins(): Promise<void>
}

/** The room that the dumps have on the disk. */
export function createRoom(parts: Parts): Room {
  const { dir, retention, index, pins, uploads, waits, ageOf, remove, onError, clock } = parts
  let isFreeUnknown = false

  /** In bytes. */
  async function lookAtDisk(): Promise<DiskRoom> {
    try {
      return roomOn(retention.minFreeBytes, await (parts.statfs ?? statfs)(dir))
    } catch (error) {
      if (!isFreeUnknown) onError('ask for the free disk', error)
      isFreeUnknown = true
      return { free: Number.POSITIVE_INFINITY, reserve: 0, most: Number.POSITIVE_INFINITY }
    }
  }

  const lookAtPins = () => pins.refresh().catch(error => onError('look at the pins', error))

  async function notUploaded(): Promise<ReadonlySet<string>> {
    if (!uploads) return new Set()
    await uploads.refresh().catch(error => onError('look at the uploads', error))
    const found = index.newestFirst().filter(dump => !uploads.isUploaded(dump.id) && waits(dump))
    return new Set(found.map(({ id }) => id))
  }

  async function applyRetention(more: { incoming?: { bytes: number }; keep?: string }): Promise<DiskRoom> {
    const disk = await lookAtDisk()
    const { free, reserve, most } = disk
    await lookAtPins()
    const waiting = await notUploaded()
    const state = { now: clock(), freeBytes: free, pinned: pins.all(), waiting, ageOf, ...more }
    const ids = planRetention(
      index.newestFirst(),
      { ...retention, minFreeBytes: reserve, maxBytes: Math.min(retention.maxBytes, most) },
      state,
    )
    // A user may be pinning it at this moment.
    const unless = (id: string) => () => pins.isSet(id)
    for (const id of ids) {
      await remove(id, unless(id)).catch(error => onError(`remove the dump ${id}`, error))
      if (waiting.has(id) && !index.has(id)) onError('retention', new Error(lost(id)))
    }
    return ids.length > 0 ? lookAtDisk() : disk
  }

  return {
    applyRetention,
    lookAtPins,
    async isThere() {
      const { free, reserve } = await lookAtDisk()
      return free >= reserve
    },
    async make() {
      const dumps = index.newestFirst()
      const bytes = dumps.length > 0 ? index.bytes() / dumps.length : 0
      const { free, reserve } = await applyRetention({ incoming: { bytes } })
      if (free >= reserve) return
      throw new AutodumpError('NO_ROOM', `the disk of ${dir} has ${free} bytes free, less than minFreeBytes ${reserve}`)
    },
  }
}

const lost = (id: string) =>
  `the dump ${id} was removed before it was uploaded to the bucket, because the dump directory may hold no more (retention)`
