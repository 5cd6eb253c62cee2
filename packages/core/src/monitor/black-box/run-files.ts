import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { isMissing } from '../../lib/files.js'
import { lstat, readdir, rename } from '../../lib/fs.js'
import type { ProcessIdentity } from '../../lib/process-life.js'
import { roomsIn } from '../../lib/rooms.js'
import { isUntrusted, readTrusted } from '../../lib/trusted.js'
import { lastWordsFiles } from '../../link/last-words-files.js'
import { aboutFile } from '../../link/run-info.js'
import { runPid, runsDirectory } from '../../link/run-name.js'
import type { Abort, BoxRecord, LastError, LastExit, Run, RunInfo } from '../../model/run.js'
import { readRecords } from './record-log.js'

/** A larger file of last words or the like is not ours. */
const maxFileBytes = 256 * 1024

/** Whether another process has taken that run over. */
export const isTaken = (name: string): boolean => name.includes('.taken-')

/** The paths of all runs that have left something in `dir`. */
export async function listRuns(dir: string): Promise<string[]> {
  const runs: string[] = []
  for (const room of roomsIn(dir, runsDirectory)) {
    const names = await readdir(room)
    runs.push(...names.filter(name => runPid(name) !== null).map(name => join(room, name)))
  }
  return runs
}

/**
 * Takes a run over; only one process can. Returns its new path; `null` if another process was quicker. A run is taken
 * over once more if its taker has died.
 */
export async function takeRun(directory: string): Promise<string | null> {
  const name = basename(directory).replace(/\.taken-.*/, '')
  const taken = join(dirname(directory), `${name}.taken-${randomBytes(6).toString('hex')}`)
  try {
    await rename(directory, taken)
    return taken
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** The process that took the run over, in the directory of that run. */
export const takerFile = 'taker.json'

/** The facts to tell whether a run has ended; `null` if the run never recorded its owner. */
export async function readWhose(
  directory: string,
): Promise<{ info: RunInfo; taker: ProcessIdentity | null; writtenAt: number } | null> {
  const info = await readJson<RunInfo>(join(directory, aboutFile))
  if (!isRunInfo(info)) return null
  const taker = await readJson<ProcessIdentity>(join(directory, takerFile))
  return { info, taker: isIdentity(taker) ? taker : null, writtenAt: await lastWrite(directory) }
}

/** A run with no further facts. */
export function newRun(name: string, info: RunInfo, writtenAt: number): Run {
  const unknown = { app: null, capture: null, dump: null, oomKills: null, error: null, exit: null, abort: null }
  return { name, info, writtenAt, samples: [], rules: [], ...unknown }
}

/** Reads all files of a run. Rejects if they cannot be read; `null` if the run never recorded its owner. */
export async function readRun(directory: string): Promise<Run | null> {
  const whose = await readWhose(directory)
  if (!whose) return null
  const run: Run = {
    ...newRun(basename(directory), whose.info, whose.writtenAt),
    error: await readJson<LastError>(join(directory, lastWordsFiles.error)),
    exit: await readJson<LastExit>(join(directory, lastWordsFiles.exit)),
    abort: await readJson<Abort>(join(directory, lastWordsFiles.abort)),
  }
  for (const record of (await readRecords(directory)) as BoxRecord[]) {
    if ('sample' in record) run.samples.push(record.sample)
    else Object.assign(run, record)
  }
  return run
}

async function lastWrite(directory: string): Promise<number> {
  const times = await Promise.all(
    (await readdir(directory)).map(async name =>
      name === takerFile ? 0 : (await lstat(join(directory, name))).mtimeMs,
    ),
  )
  return Math.max(0, ...times)
}

/** `null` for a file that is missing, not ours, too large, or cut short by the death of its writer. */
export async function readJson<T>(path: string, most = maxFileBytes): Promise<T | null> {
  try {
    const value: unknown = JSON.parse(await readTrusted(path, most))
    return typeof value === 'object' ? (value as T) : null
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error) || isUntrusted(error)) return null
    throw error
  }
}

function isIdentity(value: ProcessIdentity | null | undefined): value is ProcessIdentity {
  return typeof value?.host === 'string' && Number.isSafeInteger(value.pid)
}

function isRunInfo(value: RunInfo | null): value is RunInfo {
  return isIdentity(value?.process) && Number.isFinite(value?.startedAt) && typeof value?.limits === 'object'
}
