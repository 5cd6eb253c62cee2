import { mkdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { codeOf, directoryMode } from '../lib/files.js'
import type { Limits } from '../lib/limits.js'
import type { ProcessIdentity } from '../lib/process-life.js'
import { programName } from '../lib/program-name.js'
import { closeToOthers, isOwnDirectory } from '../lib/rooms.js'
import { replaceFileSync, Untrusted } from '../lib/trusted.js'
import type { ResolvedOptions } from '../model/options.js'
import type { RunInfo } from '../model/run.js'
import { uploadTargetOf } from '../model/upload-target.js'

/** Written at the start of a run, and again only after a loss. */
export const aboutFile = 'run.json'

/**
 * Makes the directory of a run, if it is not there, and returns its path. `room` is the directory of all runs.
 *
 * @throws Untrusted where something else has its name
 */
export function putRun(room: string, run: string, info: RunInfo): string {
  const directory = join(room, run)
  try {
    mkdirSync(directory, directoryMode)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  if (!isOwnDirectory(directory)) throw new Untrusted(`${directory} is not a directory of ours`)
  closeToOthers(directory)
  replaceFileSync(join(directory, aboutFile), JSON.stringify(info))
  return directory
}

interface About {
  own: ProcessIdentity
  options: Pick<ResolvedOptions, 'bucket' | 'interval' | 'labels'>
  /** The program of the process, as `programName` takes it. */
  script: string
  startedAt: number
  limits: Limits
}

/** The facts of this run that are known from its start, in any thread. */
export function describeRun({ own, options, script, startedAt, limits }: About): Omit<RunInfo, 'core' | 'oom'> {
  const { interval, labels } = options
  const processStart = Date.now() - process.uptime() * 1000
  const { directory, filename } = process.report
  const uploadTo = uploadTargetOf(options, basename(script))
  return {
    process: own,
    program: labels.service ?? programName(script),
    startedAt,
    uptime: Math.max(0, Math.round((startedAt - processStart) / 1000)),
    node: process.version,
    v8: process.versions.v8,
    interval,
    labels,
    ...(uploadTo && { uploadTo }),
    limits: { ...limits },
    // Where Node will write its own report, by the options in force.
    report: { directory: resolve(directory || '.'), filename },
  }
}
