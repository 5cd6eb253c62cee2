import { dumpTime } from './dump-id.js'
import { isMissing } from './files.js'
import { tryLock } from './lock-file.js'
import { fileIn } from './rooms.js'
import { readTrustedSync, replaceFileSync } from './trusted.js'

const hour = 3600_000
/** Clocks and calls are not that exact: times that differ by less are the same, and not yet in the future. */
const slack = 5000
const maxFileBytes = 1024 ** 2
const quotaFile = '.limits.json'

/** Whether a name in the directory is one that a quota file has before it is renamed. */
export const isQuotaLeftover = (name: string): boolean => /^\.limits\.json(-\d+)?\../.test(name)

export interface Quota {
  /** Milliseconds until another dump is allowed; 0 when one is allowed now. `dumps` on disk come newest first. */
  wait(now: number, dumps: Iterable<{ id: string }>): number
  use(now: number): void
  /** `wait`, and where that is 0 `use`, in one: of two processes that want the last one, one gets it. */
  take(now: number, dumps: Iterable<{ id: string }>): number
  /** What was taken at `now` has come to nothing. */
  giveBack(now: number): void
}

/**
 * Counts dumps in any 60 minutes. The count lies in a small file with the dumps, so it holds for all processes that
 * share the directory, and for those that follow when one dies. Dumps on disk count also when the file is lost; their
 * removal gives nothing back, as the file still has them. Where the file cannot be written, this process counts alone.
 */
export function createQuota(dir: string, maxPerHour: number, onError: (what: string, error: unknown) => void): Quota {
  /** Where another user has taken the name, he does not count for us, nor we for him. */
  const file = () => fileIn(dir, quotaFile)
  let own: number[] = []
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

  // Read anew each time: other processes write it too. What is ours counts also where another one was quicker to write.
  const recorded = () => addUnmatched(attempt('read the hour quota', () => readTimes(file())) ?? [], own, 0)

  function wait(now: number, dumps: Iterable<{ id: string }>): number {
    const taken = recent(addUnmatched(recent(recorded(), now), recent(timesSince(now - hour, dumps), now), slack), now)
    const blocking = taken[taken.length - maxPerHour]
    return blocking === undefined ? 0 : Math.max(1, Math.min(blocking, now) + hour - now)
  }

  function use(now: number): void {
    const taken = recent([...recorded(), now], now)
    own = recent([...own, now], now)
    attempt('write the hour quota', () => replaceFileSync(file(), JSON.stringify({ captures: taken })))
  }

  function giveBack(now: number): void {
    const left = without(recorded(), now)
    own = without(own, now)
    attempt('write the hour quota', () => replaceFileSync(file(), JSON.stringify({ captures: left })))
  }

  /** No two processes at a time. One that cannot have it soon goes on: one dump too many is better than one too few. */
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
 * Milliseconds. Whoever has it needs less than one, but on a busy machine not at once; and an id must be answered before
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

/** One of them less. */
function without(times: readonly number[], at: number): number[] {
  const index = times.indexOf(at)
  return index < 0 ? [...times] : times.toSpliced(index, 1)
}

/** There may be thousands of older ones, so it stops at the first. */
function timesSince(since: number, newestFirst: Iterable<{ id: string }>): number[] {
  const times: number[] = []
  for (const { id } of newestFirst) {
    const at = dumpTime(id)
    if (at <= since) break
    times.push(at)
  }
  return times
}

/** Those of the last hour, sorted. Times in the future are of a clock that was wrong: they must not lock for ever. */
function recent(times: readonly number[], now: number): number[] {
  return times.filter(at => at > now - hour && at <= now + slack).sort((a, b) => a - b)
}

/** `times` and those of `others` that are not among them, each counted as often as it occurs. */
function addUnmatched(times: readonly number[], others: readonly number[], tolerance: number): number[] {
  const left = [...times]
  const more = others.filter(at => {
    const match = left.findIndex(other => Math.abs(other - at) <= tolerance)
    if (match >= 0) left.splice(match, 1)
    return match < 0
  })
  return [...times, ...more]
}

function readTimes(file: string): number[] {
  const content: unknown = JSON.parse(readTrustedSync(file, maxFileBytes).text)
  const captures = (content as { captures?: unknown } | null)?.captures
  if (!Array.isArray(captures)) throw new Error(`${file} is not a quota file`)
  return captures.filter(Number.isFinite)
}
