import { basename, join } from 'node:path'
import { monotonic } from '../../lib/clock/monotonic.js'
import { AutodumpError } from '../../lib/errors.js'
import { isMissing } from '../../lib/files.js'
import { lstat, rename, rm } from '../../lib/fs.js'
import { isOwn } from '../../lib/owner.js'
import { type Fate, fateOf, type Surroundings } from '../../lib/process-life.js'
import { removeTree } from '../../lib/rooms.js'
import { replaceFileSync } from '../../lib/trusted.js'
import { runPid } from '../../link/run-name.js'
import type { CaptureSwitches } from '../../model/capture-kind.js'
import type { Manifest } from '../../model/manifest.js'
import type { ResolvedOptions } from '../../model/options.js'
import type { Ending, Run } from '../../model/run.js'
import type { Store } from '../../model/store.js'
import { temporaryName } from '../../store/dump-id.js'
import { writeRunRecord } from '../../store/run-records.js'
import { findEnding } from './cause.js'
import { findCoreFile } from './core-file.js'
import { writeCrashDump } from './crash-dump.js'
import { finishDump, firstOf } from './finish-dump.js'
import { findNodeReport } from './node-report.js'
import { oomKillsSince } from './oom-kills.js'
import { isCrash, recordOf } from './record-of.js'
import { isTaken, listRuns, readRun, readWhose, takeRun, takerFile } from './run-files.js'
import { findUnfinished } from './salvage.js'

const hour = 3600_000

/** Crashes take no more than this share of the hourly dumps: a crash loop leaves room for dumps of its cause. */
const crashShare = 1 / 3

/**
 * A process that cannot be checked counts as dead after this silence: `ms` plus `intervals` of its sampling intervals.
 */
const silence = { ms: 30_000, intervals: 10 }

/** Milliseconds. A directory without an owner may be in creation for this long. */
const moment = 60_000

/** Only this many runs get a dump each: a process that dies at its start leaves thousands of them. */
const maxRuns = 50

export interface AdopterParts {
  dir: string
  store: Store
  maxPerHour: number
  captures: CaptureSwitches
  links: ResolvedOptions['links']
  explain: ResolvedOptions['explain']
  /** The run of this monitor. */
  ownRun: string
  surroundings: Surroundings
  /** Epoch milliseconds at which this process began. */
  ownStart: number
  /** The dump of a crash is on disk. */
  announce(manifest: Manifest): void
  onError(what: string, error: unknown): void
  /** @default Date.now */
  now?: () => number
}

export interface Adopter {
  /**
   * Checks the leftover runs, and writes dumps of those that ended badly. Resolves with whether some are still
   * undecided; never rejects.
   */
  look(): Promise<{ undecided: boolean }>
}

/** Writes dumps of runs that other processes left behind. */
export function createAdopter(parts: AdopterParts): Adopter {
  const { dir, store, ownRun, surroundings, announce, onError, now = Date.now } = parts
  const steady = parts.now ?? monotonic
  /** For processes that cannot be checked: the last write, and since when it is the last one, by our own clock. */
  const watched = new Map<string, { writtenAt: number; since: number }>()

  function isSilent(run: string, writtenAt: number, interval: number): boolean {
    const seen = watched.get(run)
    if (!seen || seen.writtenAt !== writtenAt) {
      watched.set(run, { writtenAt, since: steady() })
      return false
    }
    return steady() - seen.since > silence.ms + silence.intervals * interval
  }

  /** Whether a run may be taken over, and how it ended; `wait`: not known yet. */
  async function judge(run: string): Promise<'leave' | 'wait' | 'remove' | { rebooted: boolean }> {
    const whose = await readWhose(run)
    if (!whose) {
      const { mtimeMs } = await lstat(run)
      // A file time in the future is from before the clock was set back.
      return Math.abs(Date.now() - mtimeMs) > moment ? 'remove' : 'wait'
    }
    const { info, taker, writtenAt } = whose
    const fate = (process: typeof info.process): Fate => fateOf(process, writtenAt, surroundings)
    // Another process writes a dump of it now, unless that process has died too.
    const takerFate = taker ? fate(taker) : isTaken(basename(run)) ? 'unknown' : 'over'
    if (takerFate === 'alive') return 'leave'
    const runFate = fate(info.process)
    if (runFate === 'alive') return 'leave'
    if (runFate === 'unknown' || takerFate === 'unknown')
      return isSilent(run, writtenAt, info.interval) ? { rebooted: false } : 'wait'
    return { rebooted: runFate === 'rebooted' }
  }

  /** Why the hour has no room for another crash; `null` if it has room. */
  async function isFull(): Promise<string | null> {
    const share = Math.max(1, Math.floor(parts.maxPerHour * crashShare))
    const { dumps } = await store.list({ rule: 'crash', limit: 1000 })
    const ages = dumps.map(({ createdAt }) => now() - Date.parse(createdAt))
    // Times in the future are from before the clock was set back. They must not block crashes until the clock catches
    // up.
    const recent = ages.filter(age => age < hour && age > -moment).length
    if (recent >= share) return `${recent} crashes were dumped within the last hour`
    return store.waitForQuota(now()) > 0 ? `${parts.maxPerHour} dumps were made within the last hour` : null
  }

  async function adopt(path: string, rebooted: boolean): Promise<void> {
    const run = await readRun(path)
    if (!run) return
    const unfinished = await findUnfinished(dir, run, parts.ownStart)
    const firsts = (await Promise.all(unfinished.map(id => firstOf(dir, id)))).filter(first => first !== null)
    const report = await findNodeReport(run)
    const core = await findCoreFile(run)
    const ending = findEnding(run, {
      rebooted,
      oomKills: oomKillsSince(run.info.oom, run.oomKills),
      report: report && { trigger: String(report.header.trigger), event: String(report.header.event) },
      core,
      unfinished: unfinished.length > 0,
      canFinish: firsts.length === unfinished.length,
    })
    if (ending.is === 'stopped' && ending.code !== null) {
      const ended = `ended with exit code ${ending.code}`
      for (const first of firsts) announce(await finishDump({ ...parts, aside: path, ended }, first))
    }
    let dump: Manifest | null = null
    if (isCrash(ending)) {
      const full = await isFull()
      if (full) onError('dump a crash', new Error(`process ${run.info.process.pid} (${ending.is}): ${full}`))
      else dump = await writeCrashDump({ ...parts, run, ending, report, unfinished, now: now() })
    }
    if (dump) announce(dump)
    await putOnRecord(run, ending, dump)
    for (const id of unfinished) await removeTree(join(dir, temporaryName(id)))
  }

  /** A list that cannot be written is no reason to write the dump again. */
  async function putOnRecord(run: Run, ending: Ending, dump: Manifest | null): Promise<void> {
    try {
      await writeRunRecord(dir, recordOf(run, ending, dump))
    } catch (error) {
      onError('put a run on record', error)
    }
  }

  /** Resolves with whether the run must be checked again. */
  async function consider(run: string, isWorthDump: boolean): Promise<boolean> {
    const verdict = await judge(run)
    if (verdict === 'leave') return false
    if (verdict === 'wait') return true
    const path = await takeRun(run)
    if (path === null) return false
    watched.delete(run)
    try {
      replaceFileSync(join(path, takerFile), JSON.stringify(surroundings.own))
      if (verdict !== 'remove' && isWorthDump) await adopt(path, verdict.rebooted)
    } catch (error) {
      if (!(error instanceof AutodumpError && error.code === 'NO_ROOM')) {
        await removeTree(path)
        throw error
      }
      // Not lost yet: there may be room later.
      onError('dump a crash', error)
      await rm(join(path, takerFile), { force: true })
      await rename(path, run)
      return true
    }
    await removeTree(path)
    return false
  }

  return {
    async look() {
      let undecided = false
      try {
        const runs = await newestFirst(dir, ownRun)
        for (const [index, run] of runs.entries()) {
          try {
            undecided = (await consider(run, index < maxRuns)) || undecided
          } catch (error) {
            if (!isMissing(error)) onError('dump a crash', error)
          }
        }
      } catch (error) {
        onError('look for crashes', error)
      }
      return { undecided }
    },
  }
}

async function newestFirst(dir: string, ownRun: string): Promise<string[]> {
  const runs: { path: string; at: number }[] = []
  for (const path of await listRuns(dir)) {
    if (basename(path) === ownRun) continue
    const stats = await lstat(path).catch(() => null)
    if (stats?.isDirectory() && isOwn(stats)) runs.push({ path, at: stats.mtimeMs })
  }
  return runs.sort((a, b) => b.at - a.at).map(({ path }) => path)
}

/** The pids of processes that left a run: the adopter handles their unfinished dumps. */
export async function pidsOfRuns(dir: string): Promise<ReadonlySet<number>> {
  const runs = await listRuns(dir).catch(() => [])
  return new Set(runs.map(path => runPid(basename(path))).filter(pid => pid !== null))
}
