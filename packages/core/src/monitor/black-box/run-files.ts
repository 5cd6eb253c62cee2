import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { isMissing } from '../../lib/files.js'
import { lstat, readdir, rename } from '../../lib/fs.js'
import type { ProcessIdentity } from '../../lib/process-life.js'
import { roomsIn } from '../../lib/rooms.js'
import { isUntrusted, readTrusted } from '../../lib/trusted.js'
import { lastWordsFiles } from '../../link/last-words-files.js'
import { runsDirectory } from '../../link/run-name.js'
import type { Abort, BoxRecord, LastError, LastExit, Run, RunInfo } from '../../model/run.js'
import { readRecords } from './record-log.js'

/** Written at the start of a run, and again only where it was lost. */
export const aboutFile = 'run.json'

/** A file of last words or the like that is larger was not written by us. */
const maxFileBytes = 256 * 1024

const runName = /^(\d{1,10})-[0-9a-f]{12}(?:\.taken-[0-9a-f]{12})?$/

export function runPid(name: string): number | null {
  const [, pid] = runName.exec(name) ?? []
  return pid === undefined ? null : Number(pid)
}

/** Whether somebody has taken that run over. */
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
 * Takes a run over, which of all processes only one can. Returns its new path; `null` where another was quicker. A run
 * whose taker has died is taken over once more.
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

/** In the directory of a run that was taken over: the process that did. */
export const takerFile = 'taker.json'

/** What is needed to tell whether a run has ended; `null` where it never got as far as to say who it is. */
export async function readWhose(
  directory: string,
): Promise<{ info: RunInfo; taker: ProcessIdentity | null; writtenAt: number } | null> {
  const info = await readJson<RunInfo>(join(directory, aboutFile))
  if (!isRunInfo(info)) return null
  const taker = await readJson<ProcessIdentity>(join(directory, takerFile))
  return { info, taker: isIdentity(taker) ? taker : null, writtenAt: await lastWrite(directory) }
}

/** A run of which nothing more is known. */
export function newRun(name: string, info: RunInfo, writtenAt: number): Run {
  const unknown = { app: null, capture: null, dump: null, oomKills: null, error: null, exit: null, abort: null }
  return { name, info, writtenAt, samples: [], rules: [], ...unknown }
}

/** Reads all that a run has left. Rejects where that cannot be read; `null` where it never said who it is. */
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
