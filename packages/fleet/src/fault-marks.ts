import { text } from 'node:stream/consumers'
import { AutodumpError, type FaultMark, type FaultPatch } from '@autodump/core'
import { faultsPrefix, type OpenBucket, sourceOf } from '@autodump/core/object-store'
import { readEach } from './at-once.js'
import { orMissing } from './refusals.js'

/** Bytes: a note of 2,000 characters and some hundred versions. */
const maxBytes = 64 * 1024
const maxMarks = 1000
const maxVersions = 500

export interface FaultMarks {
  /** By fingerprint. One request to the store, and one for each mark that has changed. */
  all(): Promise<ReadonlyMap<string, FaultMark>>
  /** @param versions the versions that are known now */
  change(fingerprint: string, patch: FaultPatch, versions: string[]): Promise<FaultMark>
}

interface Parts extends Pick<OpenBucket, 'store' | 'prefix'> {
  /** @default Date.now */
  clock?: () => number
}

/** The decisions of people about faults, kept in the bucket beside the dumps: all servers over it show the same. */
export function createFaultMarks({ store, prefix, clock = Date.now }: Parts): FaultMarks {
  const folder = faultsPrefix(prefix)
  const kept = new Map<string, { modifiedAt: number; size: number; mark: FaultMark | undefined }>()
  const keyOf = (fingerprint: string) => `${folder}${fingerprint}.json`

  async function read(key: string): Promise<FaultMark | undefined> {
    const content = await orMissing(async () => text(await store.get(key, { range: [0, maxBytes - 1] })))
    return content === undefined ? undefined : markIn(content)
  }

  async function all(): Promise<ReadonlyMap<string, FaultMark>> {
    const { objects } = await store.list({ prefix: folder, limit: maxMarks })
    await readEach(objects, async ({ key, modifiedAt, size }) => {
      const known = kept.get(key)
      // Within the second of a change the store may show the next one with the same time.
      const isSame = known?.modifiedAt === modifiedAt && known.size === size && clock() - modifiedAt > 2000
      if (!isSame) kept.set(key, { modifiedAt, size, mark: await read(key) })
    })
    return new Map(
      objects.flatMap(({ key }): [string, FaultMark][] => {
        const mark = kept.get(key)?.mark
        return mark ? [[key.slice(folder.length, -'.json'.length), mark]] : []
      }),
    )
  }

  async function change(fingerprint: string, { state, note }: FaultPatch, versions: string[]): Promise<FaultMark> {
    if (!isFingerprint(fingerprint)) throw new AutodumpError('NOT_FOUND', 'there is no such fault')
    const before = (await read(keyOf(fingerprint))) ?? noMark
    const mark: FaultMark = {
      ...before,
      ...(note !== undefined && { note }),
      ...(state !== undefined && {
        ...{ state, at: new Date(clock()).toISOString(), versions: versions.slice(-maxVersions) },
      }),
    }
    await store.put(keyOf(fingerprint), sourceOf(`${JSON.stringify(mark)}\n`), { contentType: 'application/json' })
    kept.delete(keyOf(fingerprint))
    return mark
  }

  return { all, change }
}

export const isFingerprint = (text: string) => /^[0-9a-f]{12}$/.test(text)

const noMark: FaultMark = { state: 'open', note: '', at: new Date(0).toISOString(), versions: [] }
const states = ['open', 'ignored', 'resolved'] as const

/** `undefined` for any other object there. */
function markIn(content: string): FaultMark | undefined {
  try {
    const { state, note, at, versions } = JSON.parse(content) as Record<string, unknown>
    const known = states.find(one => one === state)
    if (!known || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return undefined
    return {
      state: known,
      note: typeof note === 'string' ? note.slice(0, 2000) : '',
      at,
      versions: Array.isArray(versions) ? versions.filter(one => typeof one === 'string') : [],
    }
  } catch {
    return undefined
  }
}
