import type { ResolvedOptions } from '../model/options.js'
import type { AgeOf } from './ages.js'
import { dumpTime } from './dump-id.js'

export type Retention = Omit<ResolvedOptions['retention'], 'minFreeBytes'> & { minFreeBytes: number }

export interface RetentionState {
  /** Epoch milliseconds. */
  now: number
  /** Bytes that are free on the disk; `Infinity` if unknown. */
  freeBytes: number
  /** A dump that is about to be written, with its expected size. */
  incoming?: { bytes: number }
  /** Dumps that users want to keep: they count, and never go. @default none */
  pinned?: ReadonlySet<string>
  /** Dumps that wait for their upload: they go last, and not for their age. @default none */
  waiting?: ReadonlySet<string>
  /** A dump to keep at any age: the one just written, if the clock was set back. */
  keep?: string
  /** @default by the clock of their names */
  ageOf?: AgeOf
}

/**
 * The dumps that have to go, the oldest first. The newest always stays.
 *
 * For the sake of free disk, dumps go only if that frees enough: if others fill the disk, giving up all evidence would
 * not help them, and the capture is refused anyway.
 *
 * @param dumps newest first, with their size on disk
 */
export function planRetention(
  dumps: readonly { id: string; bytes: number }[],
  retention: Retention,
  { now, freeBytes, incoming, pinned, waiting, keep, ageOf = ageByName }: RetentionState,
): string[] {
  const free = dumps
    .slice(1)
    .filter(({ id }) => id !== keep && !pinned?.has(id))
    .reverse()
  const isWaiting = ({ id }: { id: string }) => waiting?.has(id) === true
  const candidates = [...free.filter(dump => !isWaiting(dump)), ...free.filter(isWaiting)]
  let count = dumps.length + (incoming ? 1 : 0)
  let bytes = dumps.reduce((sum, dump) => sum + dump.bytes, incoming?.bytes ?? 0)

  const { left, removed } = split(candidates, dump => {
    const expired = !isWaiting(dump) && ageOf(dump, now) > retention.maxAge
    const goes = expired || count > retention.maxDumps || bytes > retention.maxBytes
    if (goes) {
      count -= 1
      bytes -= dump.bytes
    }
    return goes
  })

  let missing = retention.minFreeBytes - freeBytes - total(removed)
  if (missing > 0 && missing <= total(left)) {
    for (const dump of left) {
      if (missing <= 0) break
      removed.push(dump)
      missing -= dump.bytes
    }
  }
  return removed.map(({ id }) => id)
}

/**
 * The reason why a dump cannot be pinned too, in words: pins may take half of the room, so that new evidence has the
 * other half.
 *
 * @param dumps all of them, with their size on disk
 */
export function refusePin(
  dumps: readonly { id: string; bytes: number }[],
  { maxDumps, maxBytes }: Pick<Retention, 'maxDumps' | 'maxBytes'>,
  pinned: ReadonlySet<string>,
  id: string,
): string | undefined {
  const kept = dumps.filter(dump => dump.id === id || pinned.has(dump.id))
  const most = Math.floor(maxDumps / 2)
  if (kept.length > most)
    return `at most ${most} dumps can be pinned, half of retention.maxDumps ${maxDumps}: unpin another one first`
  if (total(kept) > maxBytes / 2)
    return `the pinned dumps would have ${total(kept)} bytes, more than half of retention.maxBytes ${maxBytes}: unpin another one first`
  return undefined
}

const ageByName: AgeOf = ({ id }, now) => now - dumpTime(id)

const total = (dumps: readonly { bytes: number }[]) => dumps.reduce((sum, { bytes }) => sum + bytes, 0)

function split<T>(all: readonly T[], goes: (one: T) => boolean): { left: T[]; removed: T[] } {
  const left: T[] = []
  const removed: T[] = []
  for (const one of all) (goes(one) ? removed : left).push(one)
  return { left, removed }
}
