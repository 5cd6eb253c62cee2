import type { IndexedDump, Store } from '../../model/store.js'
import { isFor, type UploadTarget } from '../../model/upload-target.js'
import { indexPrefix } from '../../object-store/keys.js'
import { temporaryName } from '../../store/dump-id.js'
import { isThere, type UploadMarks } from '../../store/upload-marks.js'
import type { UploadState } from './upload-state.js'

export interface WaitingParts {
  dumps: Pick<Store, 'list'>
  marks: UploadMarks
  /** The dump directory, which processes of other services may share. */
  dir: string
  /** The target of this process. */
  target: UploadTarget
  /** See `ObjectStore.place`. */
  place: string
  prefix: string
  /** Whether this process still works on the dump of an early upload, or looks at itself. */
  isInProgress(id: string): boolean
  /** Whether an early upload that nobody works on is to be tidied up: its process has ended, and it is known how. */
  isSettled(id: string, state: Partial<UploadState>): Promise<boolean>
}

interface Elsewhere {
  count: number
  names: string[]
}

/** Milliseconds. A living neighbour uploads its dumps within this time, or says itself why not. */
const neighbourly = 15 * 60_000

/** The facts of it for people, in lines for the log. */
export function sayElsewhere(
  { moved, renamed }: { moved: Elsewhere; renamed: Elsewhere },
  service: string,
  dir: string,
): string[] {
  const line = (what: string, { count }: Elsewhere) => (count > 0 ? [`dumps of ${what}: ${count} in ${dir}`] : [])
  const [buckets, services] = [moved.names.join(', '), renamed.names.join(', ')]
  return [
    ...line(`${service} that wait for another bucket (${buckets}) stay on disk`, moved),
    ...line(`another service (${services}) wait for this bucket, and only that service uploads them`, renamed),
  ]
}

/** All dumps on disk, newest first. */
export async function listAll(dumps: Pick<Store, 'list'>): Promise<IndexedDump[]> {
  const found: IndexedDump[] = []
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const page = await dumps.list({ limit: 1000, ...(cursor ? { cursor } : {}) })
    found.push(...page.dumps)
    cursor = page.next
  }
  return found
}

/** The dumps that wait in the dump directory for the bucket of this process. */
export function createWaiting(parts: WaitingParts) {
  const { dumps, marks, dir, target, place, prefix, isInProgress, isSettled } = parts
  const leftovers = new Set<string>()
  const ownIndex = indexPrefix(prefix, target.service)

  const read = async (id: string) => (await marks.read(id).catch(() => null)) as UploadState | null | undefined

  /** Whether nobody will finish the dump of an early upload, and this process has to tidy it up. */
  async function isLeft(id: string): Promise<boolean> {
    const state = await read(id)
    // A mark that cannot be read belongs to nobody.
    if (state?.indexKey && !(state.place === place && state.indexKey.startsWith(ownIndex))) return false
    if (isInProgress(id) || (await isThere(dir, temporaryName(id)))) return false
    return isSettled(id, state ?? {})
  }

  return {
    /** Ids of dumps, newest first, then of early uploads whose dump never came. */
    async ids(): Promise<string[]> {
      await marks.refresh()
      const all = await listAll(dumps)
      const here = new Set(all.map(({ id }) => id))
      for (const id of marks.all('uploaded')) if (!here.has(id)) await marks.forget(id)
      leftovers.clear()
      for (const id of marks.all('uploading')) if (!here.has(id) && (await isLeft(id))) leftovers.add(id)
      return [
        ...all.filter(dump => isFor(dump, target) && !marks.isUploaded(dump.id)).map(({ id }) => id),
        ...leftovers,
      ]
    },

    /**
     * Dumps that stay on disk after a change of the options: of this service for another bucket, and for this bucket of
     * another service, unless that may be a neighbour at work.
     */
    async elsewhere(now: number): Promise<{ moved: Elsewhere; renamed: Elsewhere }> {
      await marks.refresh()
      const all = (await listAll(dumps)).filter(({ id }) => !marks.isUploaded(id))
      const others = (is: (to: UploadTarget, at: number) => boolean, name: keyof UploadTarget): Elsewhere => {
        const found = all.filter(({ uploadTo, createdAt }) => uploadTo && is(uploadTo, Date.parse(createdAt)))
        return { count: found.length, names: [...new Set(found.flatMap(({ uploadTo }) => uploadTo?.[name] ?? []))] }
      }
      return {
        moved: others(to => to.service === target.service && to.bucket !== target.bucket, 'bucket'),
        renamed: others(
          (to, at) => to.service !== target.service && to.bucket === target.bucket && now - at > neighbourly,
          'service',
        ),
      }
    },

    /** Whether the dump is gone, with something of it in the bucket; as of the last `ids`. */
    isLeftover: (id: string): boolean => leftovers.has(id),
  }
}
