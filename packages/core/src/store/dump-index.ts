import { messageOf } from '../lib/errors.js'
import { codeOf, isMissing } from '../lib/files.js'
import { readdir } from '../lib/fs.js'
import { Foreign } from '../lib/trusted.js'
import type { IndexedDump } from '../model/store.js'
import { hasSettled, type Look, lookAt } from './directory.js'
import { isDumpId } from './dump-id.js'
import { readManifest, toEntry } from './manifest-file.js'

const readersAtOnce = 16

/** These errors say nothing about the dump: the process lacks a resource. */
const transient = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EINTR', 'EIO'])

export interface DumpIndex {
  /** Looks for dumps that other processes have published or removed. Reads only manifests that it has not seen. */
  refresh(): Promise<Look>
  /** The same, but never shares a look that began earlier: it sees everything that is there by now. */
  refreshNow(): Promise<Look>
  newestFirst(): readonly IndexedDump[]
  has(id: string): boolean
  bytes(): number
  add(entry: IndexedDump): void
  drop(id: string): void
}

/**
 * The content of the directory, kept in memory. As long as the modification time of the directory stays the same, a
 * refresh costs one `lstat`; else one `readdir`.
 *
 * @param onBad called once for each dump that cannot be listed; with `null` once for all of another user (there may be
 * thousands)
 */
export function createDumpIndex(dir: string, onBad: (id: string | null, error: unknown) => void): DumpIndex {
  const entries = new Map<string, IndexedDump>()
  /** In the directory, but not fit to be listed. */
  const bad = new Set<string>()
  const foreign = new Set<string>()
  let sorted: IndexedDump[] | undefined
  let seen: string | undefined
  let retry = false
  let refreshing: Promise<Look> | undefined

  async function read(): Promise<Look> {
    const look = await lookAt(dir)
    if (look.is !== 'there') {
      entries.clear()
      bad.clear()
      sorted = seen = undefined
      return look
    }
    if (look.version === seen) return look
    const settled = hasSettled(look)
    const before = [...entries.keys()]
    const names = new Set((await readdir(dir)).filter(isDumpId))
    for (const id of before) if (!names.has(id)) forget(id)
    for (const id of bad) if (!names.has(id)) bad.delete(id)
    retry = false
    const unseen = [...names].filter(id => !entries.has(id) && !bad.has(id)).values()
    await Promise.all(
      Array.from({ length: readersAtOnce }, async () => {
        for (const id of unseen) await load(id)
      }),
    )
    seen = settled && !retry ? look.version : undefined
    return look
  }

  async function load(id: string) {
    try {
      const { manifest, bytes } = await readManifest(dir, id)
      add(toEntry(manifest, bytes))
    } catch (error) {
      if (isMissing(error)) return // Another process was quicker.
      if (transient.has(codeOf(error) ?? '')) retry = true
      else bad.add(id)
      if (!(error instanceof Foreign)) return onBad(id, error)
      if (!foreign.has(error.message)) onBad(null, error)
      foreign.add(error.message)
    }
  }

  function add(entry: IndexedDump) {
    entries.set(entry.id, entry)
    sorted = undefined
  }

  function forget(id: string) {
    entries.delete(id)
    sorted = undefined
  }

  function newestFirst() {
    sorted ??= [...entries.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
    return sorted
  }

  const refreshNow = () =>
    read().catch((error): Look => ({ is: 'refused', why: `cannot read ${dir}: ${messageOf(error)}` }))

  return {
    refresh() {
      refreshing ??= refreshNow().finally(() => {
        refreshing = undefined
      })
      return refreshing
    },
    refreshNow,
    newestFirst,
    has: id => entries.has(id),
    bytes: () => newestFirst().reduce((sum, { bytes }) => sum + bytes, 0),
    add,
    drop: forget,
  }
}
