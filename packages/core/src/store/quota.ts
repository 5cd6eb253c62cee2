import type { Clocks } from '../lib/clock/stamp.js'
import { isMissing } from '../lib/files.js'
import { tryLock } from '../lib/lock-file.js'
import { fileIn } from '../lib/rooms.js'
import { readTrustedSync, replaceFileSync } from '../lib/trusted.js'
import { createAges } from './ages.js'
import { dumpTime } from './dump-id.js'

const hour = 3600_000

/** Clocks and calls are not that exact: times that differ by less count as the same, and not as the future. */
const slack = 5000

const maxFileBytes = 1024 ** 2

const quotaFile = '.limits.json'

/** Whether a name in the directory is the temporary name of a quota file. */
export const isQuotaLeftover = (name: string): boolean => /^\.limits\.json(-\d+)?\../.test(name)

export interface Quota {
  /** Milliseconds until another dump is allowed; 0 if one is allowed now. `dumps` on disk come newest first. */
  wait(now: number, dumps: Iterable<{ id: string }>): number
  use(now: number): void
  /** `wait`, and if that is 0 `use`, in one: of two processes that want the last one, one gets it. */
  take(now: number, dumps: Iterable<{ id: string }>): number
  /** The use at `now` has come to nothing. */
  giveBack(now: number): void
}

/**
 * Counts dumps in any 60 minutes. The count lies in a small file with the dumps, so it holds for all processes that
 * share the directory, and for their successors. Dumps on disk count also if the file is lost; their removal gives
 * nothing back, as the file still has them. If the file cannot be written, this process counts alone.
 *
 * @param clock one that nobody sets, by which the hour lasts: a use since the boot of the machine counts for an hour
 *   also if the other clock is set ahead or back meanwhile. @default `now` is all there is
 */
export function createQuota(
  dir: string,
  maxPerHour: number,
  onError: (what: string, error: unknown) => void,
  clock: Pick<Clocks, 'steady' | 'boot'> | null = null,
): Quota {
  /** If another user has taken the name, neither counts the dumps of the other. */
  const file = () => fileIn(dir, quotaFile)
  const ageOfDump = clock && createAges(clock.steady)
  let own: Taken[] = []
  const reported = new Set<string>()

  function attempt<T>(what: string, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!isMissing(error) && !reported.has(what)) {
        reported.add(what)
        onError(what, error)
      }
      return undefined
    }
  }

  // Read anew each time: other processes write it too. Our own uses count also if another process was quicker to write.
  const recorded = () =>
    addUnmatched(own, attempt('read the hour quota', () => readTimes(file(), clock?.boot)) ?? [], 0)

  /** Milliseconds; below 0 if a clock that was ahead stamped it, and its age is unknown. */
  function ageOf({ at, steady }: Taken, now: number): number {
    const ms = clock && steady !== null ? clock.steady() - steady : -1
    // They agree if no clock was set.
    return ms < 0 || Math.abs(now - at - ms) <= slack ? now - at : ms
  }

  const isRecent = (now: number) => (one: Taken) => ageOf(one, now) < hour && ageOf(one, now) >= -slack

  function wait(now: number, dumps: Iterable<{ id: string }>): number {
    // Includes expired ones, so that their dumps do not count as others after a clock was set back.
    const all = addUnmatched(recorded(), dumpsSince(now - hour, now, dumps), slack)
    const ages = all.filter(isRecent(now)).map(one => Math.max(0, ageOf(one, now)))
    const blocking = ages.sort((a, b) => b - a)[ages.length - maxPerHour]
    return blocking === undefined ? 0 : Math.max(1, Math.ceil(hour - blocking))
  }

  function use(now: number): void {
    const mine: Taken = { at: now, steady: clock?.steady() ?? null }
    const taken = [...recorded(), mine].filter(isRecent(now))
    own = [...own, mine].filter(isRecent(now))
    attempt('write the hour quota', () => writeTimes(file(), taken, clock?.boot))
  }

  function giveBack(now: number): void {
    const left = without(recorded(), now)
    own = without(own, now)
    attempt('write the hour quota', () => writeTimes(file(), left, clock?.boot))
  }

  /** There may be thousands of older ones, so the loop stops at the first. */
  function dumpsSince(since: number, now: number, newestFirst: Iterable<{ id: string }>): Taken[] {
    const taken: Taken[] = []
    for (const dump of newestFirst) {
      const at = dumpTime(dump.id)
      if (at <= since) break
      // Its age when it was first seen, even if the clock was set since.
      taken.push({ at, steady: clock && ageOfDump && at <= now + slack ? clock.steady() - ageOfDump(dump, now) : null })
    }
    return taken
  }

  /** One process at a time. A process that cannot get it soon goes on: one dump too many is better than one too few. */
  function exclusively<T>(work: () => T): T {
    const lock = attempt('lock the hour quota', () => waitForLock(fileIn(dir, `${quotaFile}.lock`)))
    try {
      return work()
    } finally {
      lock?.release()
    }
  }

  return {
    wait,
    use: now => exclusively(() => use(now)),
    take: (now, dumps) =>
      exclusively(() => {
        const ms = wait(now, dumps)
        if (ms === 0) use(now)
        return ms
      }),
    giveBack: now => exclusively(() => giveBack(now)),
  }
}

/**
 * Milliseconds. The holder needs less than one, but on a busy machine not at once; and an id must be answered before
 * anything is awaited.
 */
const lockPatience = 500

const lockMaxAge = 2000

const sleeper = new Int32Array(new SharedArrayBuffer(4))

function waitForLock(file: string): { release(): void } | undefined {
  for (const end = performance.now() + lockPatience; performance.now() < end; ) {
    const got = tryLock(file, 'the hour quota', { maxAge: lockMaxAge })
    if ('release' in got) return got
    Atomics.wait(sleeper, 0, 0, 1 + Math.random() * 3)
  }
  return undefined
}

/** The moment of a use of the quota: epoch milliseconds, and by the clock that nobody sets, if that is known. */
interface Taken {
  at: number
  steady: number | null
}

/** One of them less. */
function without(times: readonly Taken[], at: number): Taken[] {
  const index = times.findIndex(one => one.at === at)
  return index < 0 ? [...times] : times.toSpliced(index, 1)
}

/** `times`, and those of `others` that are not among them, each counted as often as it occurs. */
function addUnmatched(times: readonly Taken[], others: readonly Taken[], tolerance: number): Taken[] {
  const left = [...times]
  const more = others.filter(({ at }) => {
    const match = left.findIndex(other => Math.abs(other.at - at) <= tolerance)
    if (match >= 0) left.splice(match, 1)
    return match < 0
  })
  return [...times, ...more]
}

/** @param boot the boot of this machine: for another one, the times of that clock say nothing */
function readTimes(file: string, boot: string | null | undefined): Taken[] {
  const content: unknown = JSON.parse(readTrustedSync(file, maxFileBytes).text)
  const { captures, steady, boot: writers } = Object(content) as Record<string, unknown>
  if (!Array.isArray(captures)) throw new Error(`${file} is not a quota file`)
  const isOurs = typeof writers === 'string' && writers === boot && Array.isArray(steady)
  const steadyAt = (index: number) => (isOurs && Number.isFinite(steady[index]) ? (steady[index] as number) : null)
  return captures.map((at, index) => ({ at, steady: steadyAt(index) })).filter(({ at }) => Number.isFinite(at))
}

function writeTimes(file: string, taken: Taken[], boot: string | null = null): void {
  const times = taken.toSorted((a, b) => a.at - b.at)
  const captures = times.map(({ at }) => at)
  const steady = times.map(one => one.steady)
  replaceFileSync(file, JSON.stringify({ captures, boot, steady }))
}
