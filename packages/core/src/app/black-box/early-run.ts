import { readdirSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { readLimits } from '../../lib/limits.js'
import { isThere, readIdentity } from '../../lib/process-life.js'
import { roomIn, roomsIn } from '../../lib/rooms.js'
import { prepareDirectorySync } from '../../lib/safe-directory.js'
import { describeRun, putRun } from '../../link/run-info.js'
import { runPid, runsDirectory } from '../../link/run-name.js'
import type { ResolvedOptions } from '../../model/options.js'

/** A process that dies at each start leaves no more runs than these: they tell the same. */
const maxLeft = 50

export interface EarlyRunParts {
  options: Pick<ResolvedOptions, 'bucket' | 'dir' | 'interval' | 'labels'>
  script: string
  run: string
  startedAt: number
}

/**
 * Makes the directory of the run on the app thread, for a process that dies before the monitor thread has done it. Returns
 * its path; `undefined` where it must not be made.
 *
 * @throws Error where it cannot be made
 */
export function beginEarlyRun({ options, script, run, startedAt }: EarlyRunParts): string | undefined {
  const { dir } = options
  // An error of a worker thread ends that thread only.
  if (!isMainThread || !prepareDirectorySync(dir)) return undefined
  const room = roomIn(dir, runsDirectory)
  if (readdirSync(room).length >= maxLeft) return undefined
  const about = describeRun({ own: readIdentity(), options, script, startedAt, limits: readLimits() })
  return putRun(room, run, { ...about, oom: null })
}

/**
 * Whether a process that is gone has left a run. Then the monitor thread begins at once: a program that dies at each start
 * would else never come so far that its crashes are reported.
 */
export function hasLeftRuns(dir: string): boolean {
  try {
    return roomsIn(dir, runsDirectory).some(room => readdirSync(room).some(isLeft))
  } catch {
    return false // The monitor thread reports the faults there.
  }
}

function isLeft(name: string): boolean {
  const pid = runPid(name)
  if (pid === null) return false
  // In a container every process has the same number. This one has no run yet.
  return pid === process.pid || !isThere(pid)
}
