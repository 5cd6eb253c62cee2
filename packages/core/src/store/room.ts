import { AutodumpError } from '../lib/errors.js'
import { statfs } from '../lib/fs.js'
import type { ResolvedOptions } from '../model/options.js'
import type { IndexedDump } from '../model/store.js'
import type { createAges } from './ages.js'
import type { createDumpIndex } from './dump-index.js'
import type { createPins } from './pins.js'
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
  statfs?: ((path: string) => Promise<{ bavail: number; bsize: number }>) | undefined
}

export interface Room {
  /** Removes the dumps that retention has no place for. Resolves with the bytes that are free afterwards. */
  applyRetention(more: { incoming?: { bytes: number }; keep?: string }): Promise<number>
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

  async function freeBytes(): Promise<number> {
    try {
      const { bavail, bsize } = await (parts.statfs ?? statfs)(dir)
      return bavail * bsize
    } catch (error) {
      if (!isFreeUnknown) onError('ask for the free disk', error)
      isFreeUnknown = true
      return Number.POSITIVE_INFINITY
    }
  }

  const lookAtPins = () => pins.refresh().catch(error => onError('look at the pins', error))

  async function notUploaded(): Promise<ReadonlySet<string>> {
    if (!uploads) return new Set()
    await uploads.refresh().catch(error => onError('look at the uploads', error))
    const found = index.newestFirst().filter(dump => !uploads.isUploaded(dump.id) && waits(dump))
    return new Set(found.map(({ id }) => id))
  }

  async function applyRetention(more: { incoming?: { bytes: number }; keep?: string }): Promise<number> {
    const free = await freeBytes()
    await lookAtPins()
    const waiting = await notUploaded()
    const state = { now: clock(), freeBytes: free, pinned: pins.all(), waiting, ageOf, ...more }
    const ids = planRetention(index.newestFirst(), retention, state)
    // A user may be pinning it at this moment.
    const unless = (id: string) => () => pins.isSet(id)
    for (const id of ids) {
      await remove(id, unless(id)).catch(error => onError(`remove the dump ${id}`, error))
      if (waiting.has(id) && !index.has(id)) onError('retention', new Error(lost(id)))
    }
    return ids.length > 0 ? freeBytes() : free
  }

  return {
    applyRetention,
    lookAtPins,
    isThere: async () => (await freeBytes()) >= retention.minFreeBytes,
    async make() {
      const dumps = index.newestFirst()
      const free = await applyRetention({ incoming: { bytes: dumps.length > 0 ? index.bytes() / dumps.length : 0 } })
      if (free >= retention.minFreeBytes) return
      const { minFreeBytes } = retention
      throw new AutodumpError(
        'NO_ROOM',
        `the disk of ${dir} has ${free} bytes free, less than minFreeBytes ${minFreeBytes}`,
      )
    },
  }
}

const lost = (id: string) =>
  `the dump ${id} was removed before it was uploaded to the bucket, because the dump directory may hold no more (retention)`
