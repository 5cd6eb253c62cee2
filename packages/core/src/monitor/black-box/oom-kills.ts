import { readFileSync, statSync } from 'node:fs'
import { findOomCounter } from '../../lib/cgroup.js'
import type { RunInfo } from '../../model/run.js'

/** The counter of OOM kills of the cgroup of this process, as it stands; `null` where there is none. */
export function readOomCounter(root = '/'): RunInfo['oom'] {
  const file = findOomCounter(root)
  const now = file === null ? null : readCounter(file)
  return file === null || now === null ? null : { file, ...now }
}

/**
 * How many processes the kernel has killed since, in the cgroup whose counter that was; `null` where it cannot be told:
 * a container that was started again has another cgroup, with a counter of its own.
 */
export function oomKillsSince(before: RunInfo['oom'], lastSeen: number | null): number | null {
  const now = before && readCounter(before.file)
  if (!before || !now || now.inode !== before.inode) return null
  return now.kills - Math.max(before.kills, lastSeen ?? 0)
}

function readCounter(file: string): { inode: number; kills: number } | null {
  try {
    const [, kills] = /^oom_kill (\d+)$/m.exec(readFileSync(file, 'utf8')) ?? []
    return kills === undefined ? null : { inode: statSync(file).ino, kills: Number(kills) }
  } catch {
    return null
  }
}
