import { readFileSync, statSync } from 'node:fs'
import { findOomCounter } from '../../lib/cgroup.js'
import type { RunInfo } from '../../model/run.js'

/** The current counter of OOM kills of this process's cgroup; `null` if there is none. */
export function readOomCounter(root = '/'): RunInfo['oom'] {
  const file = findOomCounter(root)
  const now = file === null ? null : readCounter(file)
  return file === null || now === null ? null : { file, ...now }
}

/**
 * How many processes the kernel has killed since then in the cgroup of that counter; `null` if unknown: a restarted
 * container has another cgroup, with its own counter.
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
