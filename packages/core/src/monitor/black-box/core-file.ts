import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { lstat, readdir } from '../../lib/fs.js'
import type { Run, RunInfo } from '../../model/run.js'

/** Directories of the programs that receive core files from the kernel: systemd-coredump and apport. */
const collections = ['/var/lib/systemd/coredump', '/var/lib/apport/coredump']

/** Milliseconds: file times and clocks are only this exact. */
const slack = 2000

/**
 * The place where the kernel would write a core file of this process; `null` if it would write none, as with `ulimit -c
 * 0`.
 */
export function coreSettings(root = '/', cwd = process.cwd()): RunInfo['core'] {
  try {
    const pattern = readFileSync(join(root, 'proc/sys/kernel/core_pattern'), 'utf8').trim()
    const [, soft] =
      /^Max core file size\s+(\d+|unlimited)/m.exec(readFileSync(join(root, 'proc/self/limits'), 'utf8')) ?? []
    if (!pattern || (soft === '0' && !pattern.startsWith('|'))) return null
    return { pattern, cwd }
  } catch {
    return null // Another system than Linux.
  }
}

/** The possible names of a core file of that process, by `man 5 core`. */
export function coreNames(pattern: string, pid: number): RegExp {
  const name = pattern.slice(pattern.lastIndexOf('/') + 1)
  const parts = name.split(/(%.)/).map(part => {
    if (part === '%%') return '%'
    if (/^%[pPiI]$/.test(part)) return String(pid)
    return part.startsWith('%') ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  // `core_uses_pid` adds the number where the pattern has none.
  return new RegExp(`^${parts.join('')}(\\.${pid})?$`)
}

/**
 * The core file that a process left when it died, by name and by time: the only trace of a crash in native code. `null`
 * if there is none. The file stays in its place.
 */
export async function findCoreFile({ info, writtenAt }: Run, own = collections): Promise<string | null> {
  if (!info.core) return null
  const { pattern, cwd } = info.core
  const { pid } = info.process
  const isPiped = pattern.startsWith('|')
  const named = isPiped ? new RegExp(`^core\\..*\\.${pid}\\.\\d+(\\.\\w+)?$`) : coreNames(pattern, pid)
  const directories = isPiped ? own : [isAbsolute(pattern) ? dirname(pattern) : resolve(cwd, dirname(pattern))]
  for (const directory of directories) {
    for (const name of await readdir(directory).catch(() => [])) {
      if (!named.test(name)) continue
      const path = join(directory, name)
      const stats = await lstat(path).catch(() => null)
      // An earlier process may have had the same pid, and the name may contain no pid.
      if (stats?.isFile() && stats.mtimeMs >= writtenAt - slack) return path
    }
  }
  return null
}
