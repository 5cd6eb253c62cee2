import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dumpTime } from './dump-id.js'
import { fileMode, isMissing, readFlags } from './files.js'

const hour = 3600_000
/** Clocks and calls are not that exact: times that differ by less are the same, and not yet in the future. */
const slack = 5000
const maxFileBytes = 1024 ** 2
const quotaFile = '.limits.json'

/** Whether a name in the directory is one that a quota file has before it is renamed. */
export const isQuotaLeftover = (name: string): boolean => name.startsWith(`${quotaFile}.`)

export interface Quota {
  /** Milliseconds until another dump is allowed; 0 when one is allowed now. `dumps` on disk come newest first. */
  wait(now: number, dumps: Iterable<{ id: string }>): number
  use(now: number): void
}

/**
 * Counts dumps in any 60 minutes. The count lies in a small file with the dumps, so it holds for all processes that
 * share the directory, and for those that follow when one dies. Dumps on disk count also when the file is lost; their
 * removal gives nothing back, as the file still has them. Where the file cannot be written, this process counts alone.
 */
export function createQuota(dir: string, maxPerHour: number, onError: (what: string, error: unknown) => void): Quota {
  const file = join(dir, quotaFile)
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
  const recorded = () => addUnmatched(attempt('read the hour quota', () => readTimes(file)) ?? [], own, 0)

  return {
    wait(now, dumps) {
      const taken = recent(
        addUnmatched(recent(recorded(), now), recent(timesSince(now - hour, dumps), now), slack),
        now,
      )
      const blocking = taken[taken.length - maxPerHour]
      return blocking === undefined ? 0 : Math.max(1, Math.min(blocking, now) + hour - now)
    },
    use(now) {
      const taken = recent([...recorded(), now], now)
      own = recent([...own, now], now)
      attempt('write the hour quota', () => writeTimes(file, taken))
    },
  }
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
  const fd = openSync(file, readFlags)
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile() || stats.size > maxFileBytes) throw new Error(`${file} is not a quota file`)
    const content: unknown = JSON.parse(readFileSync(fd, 'utf8'))
    const captures = (content as { captures?: unknown } | null)?.captures
    if (!Array.isArray(captures)) throw new Error(`${file} is not a quota file`)
    return captures.filter(Number.isFinite)
  } finally {
    closeSync(fd)
  }
}

function writeTimes(file: string, captures: number[]): void {
  const temporary = `${file}.${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(temporary, JSON.stringify({ captures }), { mode: fileMode, flag: 'wx' })
    chmodSync(temporary, fileMode)
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
