import { join } from 'node:path'
import { type Clocks, machineClocks } from '../lib/clock/stamp.js'
import { AutodumpError, messageOf } from '../lib/errors.js'
import { codeOf } from '../lib/files.js'
import { lstat } from '../lib/fs.js'
import { isOwnDirectory, removeTree, syncDirectory } from '../lib/rooms.js'
import type { ResolvedOptions } from '../model/options.js'
import type { DumpWriter, IndexedDump, Store } from '../model/store.js'
import { createAges } from './ages.js'
import { lookAt, prepareDirectory } from './directory.js'
import { isDumpId, makeDumpId, temporaryName } from './dump-id.js'
import { createDumpIndex } from './dump-index.js'
import { claim, removeDump, sweep } from './leftovers.js'
import { isFileName, readManifest } from './manifest-file.js'
import { pageOf } from './page.js'
import { createPins } from './pins.js'
import { createQuota } from './quota.js'
import type { Disk } from './reserve.js'
import { refusePin } from './retention.js'
import { createRoom } from './room.js'
import type { UploadMarks } from './upload-marks.js'
import { createWriter } from './writer.js'

export interface StoreOptions extends Pick<ResolvedOptions, 'dir' | 'retention' | 'limits'> {
  /** The process that the dumps are about. */
  pid: number
  /** Called for errors that do not make a call fail. */
  onError(what: string, error: unknown): void
  /** Processes whose half written dumps this process looks after. @default none */
  lookedAfter?: () => Promise<ReadonlySet<number>>
  /** Only reads and removes existing files: makes no directory, sweeps nothing. @default false */
  asItIs?: boolean
  /** Where dumps are uploaded: retention removes dumps without an upload last. */
  uploads?: UploadMarks | null
  /** Whether a dump waits for its upload until it has the mark. @default each does */
  waits?: (dump: IndexedDump) => boolean
  /** @default Date.now */
  clock?: () => number
  /** A clock that nobody sets. @default that of the machine, unless there is a `clock` */
  steady?: Pick<Clocks, 'steady' | 'boot'>
  /** @default that of node:fs */
  statfs?: (path: string) => Promise<Disk>
}

/**
 * Opens the directory of the dumps: makes it, sweeps the leftovers of dead processes, reads the manifests. An unusable
 * directory does not make this reject: `state().error` says why, `begin` rejects, and each `begin` tries anew.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dir, retention, limits, pid, onError, clock = Date.now, uploads } = options
  const index = createDumpIndex(dir, (id, error) =>
    onError(id === null ? 'a dump is left out of the list' : `the dump ${id} is left out of the list`, error),
  )
  const pins = createPins(dir)
  const steady = options.steady ?? (options.clock ? { steady: options.clock, boot: null } : machineClocks())
  const ageOf = createAges(steady.steady)
  const quota = createQuota(dir, limits.maxPerHour, onError, steady)
  /** Issued ids: whether their temporary directory is made, and the state of their dumps. */
  const reserved = new Map<string, { claimed: boolean; begun?: boolean; writer?: DumpWriter }>()
  let problem: string | null = null
  let isClosed = false

  async function prepare() {
    if (!options.asItIs) await prepareDirectory(dir)
    const look = await index.refresh()
    if (look.is === 'refused') throw new AutodumpError('FAILED', look.why)
  }

  async function remove(id: string, unless?: () => Promise<boolean>): Promise<boolean> {
    const { found, rest } = await removeDump(dir, id, unless)
    index.drop(id)
    await rest?.catch(error => onError(`remove what is left of the dump ${id}`, error))
    if (found && !unless) await pins.unset(id).catch(error => onError(`remove the pin of ${id}`, error))
    // If the dump was not uploaded, the uploader still has to tidy up.
    if (found && uploads?.isUploaded(id))
      await uploads.forget(id).catch(error => onError(`remove the mark of ${id}`, error))
    return found
  }

  const room = createRoom({
    dir,
    retention,
    index,
    pins,
    uploads,
    waits: options.waits ?? (() => true),
    ageOf,
    remove,
    onError,
    clock,
    statfs: options.statfs,
  })

  async function isListed(id: string): Promise<boolean> {
    if (!isDumpId(id)) return false
    if (!index.has(id)) await index.refresh()
    return index.has(id)
  }

  async function manifest(id: string) {
    if (!(await isListed(id))) return undefined
    try {
      return (await readManifest(dir, id)).manifest
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') onError(`the manifest of the dump ${id}`, error)
      return undefined
    }
  }

  async function release(id: string) {
    const { claimed } = reserved.get(id) ?? {}
    reserved.delete(id)
    if (claimed) await removeTree(join(dir, temporaryName(id))).catch(error => onError(`give up the id ${id}`, error))
  }

  async function published(entry: IndexedDump) {
    index.add(entry)
    await syncDirectory(dir).catch(error => onError('sync the directory of the dumps', error))
    // Others may have published since, and the last process must see all dumps.
    await index.refreshNow()
    await room.applyRetention({ keep: entry.id })
  }

  await prepare().catch(error => {
    problem = messageOf(error)
  })
  // They are known from now on, so that a later jump of the clock makes none of them old.
  for (const dump of index.newestFirst()) ageOf(dump, clock())
  if (problem === null && !options.asItIs) {
    const kept = (await options.lookedAfter?.()) ?? new Set()
    await sweep(dir, pid, onError, other => kept.has(other)).catch(error => onError('sweep', error))
    await pins.sweep().catch(error => onError('sweep the pins', error))
  }

  return {
    async list(query) {
      await Promise.all([index.refresh(), room.lookAtPins()])
      return pageOf(index.newestFirst(), query, pins.all())
    },

    manifest,

    async artifact(id, file) {
      if (!isFileName(file)) return undefined
      const entry = (await manifest(id))?.artifacts.find(one => one.file === file && one.state === 'complete')
      if (!entry) return undefined
      const path = join(dir, id, entry.encoding === 'gzip' ? `${file}.gz` : file)
      const isThere = await lstat(path).then(
        stats => stats.isFile(),
        () => false,
      )
      return isThere ? { path, entry } : undefined
    },

    async remove(id) {
      if (!(await isListed(id))) return false
      return remove(id).catch(error => {
        throw new AutodumpError('FAILED', `the dump ${id} cannot be removed: ${messageOf(error)}`)
      })
    },

    async setPinned(id, pinned) {
      if (!(await isListed(id))) return false
      try {
        await pins.refresh()
        if (!pinned) await pins.unset(id)
        if (!pinned || pins.all().has(id)) return true
        const refusal = refusePin(index.newestFirst(), retention, pins.all(), id)
        if (refusal) throw new AutodumpError('CONFLICT', `the dump ${id} is not pinned: ${refusal}`)
        await pins.set(id)
        // Retention looks for the pin after a removal, so one of the two sees the other.
        if ((await lookAt(join(dir, id))).is === 'there') return true
        await pins.unset(id)
        return false
      } catch (error) {
        if (error instanceof AutodumpError) throw error
        throw new AutodumpError('FAILED', `the pin of the dump ${id} cannot be changed: ${messageOf(error)}`)
      }
    },

    async begin(id) {
      if (isClosed) throw new AutodumpError('STOPPED', 'the store is closed')
      if (!isDumpId(id)) throw new AutodumpError('FAILED', `${JSON.stringify(id)} is not an id of a dump`)
      const reservation = reserved.get(id) ?? { claimed: false }
      if (reservation.begun) throw new AutodumpError('FAILED', `the dump ${id} is being written`)
      reservation.begun = true
      reserved.set(id, reservation)
      try {
        await prepare()
        await room.make()
        if (isClosed) throw new AutodumpError('STOPPED', 'the store is closed')
        // Also if the directory was removed since the id was issued.
        if (!isOwnDirectory(join(dir, temporaryName(id)))) reservation.claimed = false
        if (!reservation.claimed && !claim(dir, id)) throw new AutodumpError('FAILED', `there is a dump ${id} already`)
        reservation.claimed = true
        problem = null
      } catch (error) {
        problem = messageOf(error)
        await release(id)
        if (error instanceof AutodumpError) throw error
        throw new AutodumpError('FAILED', `cannot begin the dump ${id}: ${messageOf(error)}`)
      }
      reservation.writer = createWriter({ dir, id, hasRoom: room.isThere, published, ended: () => reserved.delete(id) })
      return reservation.writer
    },

    newId(now, metric, rule, of = pid) {
      for (let count = 1; ; count++) {
        const id = makeDumpId(now, of, metric, rule, count)
        if (index.has(id) || reserved.has(id)) continue
        let claimed = false
        try {
          if (problem === null && !claim(dir, id)) continue
          claimed = problem === null
        } catch {
          // `begin` tries again, and reports the error.
        }
        reserved.set(id, { claimed })
        return id
      }
    },

    waitForQuota: now => quota.wait(now, index.newestFirst()),
    useQuota: now => quota.use(now),
    takeQuota: now => quota.take(now, index.newestFirst()),
    returnQuota: now => quota.giveBack(now),
    state: () => ({ dumps: index.newestFirst().length, bytes: index.bytes(), error: problem }),

    async close() {
      isClosed = true
      for (const [id, { writer }] of [...reserved]) {
        await (writer?.abandon() ?? release(id)).catch(error => onError(`give up the dump ${id}`, error))
      }
    },
  }
}
