import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import { findGroups, type Group, memoryLimitOf } from './cgroup.js'
import { readLimits } from './limits.js'

/** A control group of this process that limits its memory. */
export interface LimitedGroup {
  group: Group
  /** Bytes. */
  limit: number
}

/** The control groups that limit the memory of this process, from its own up. Never throws. */
export function findLimitedGroups(root = '/', machine = totalmem()): LimitedGroup[] {
  return findGroups('memory', root).flatMap(group => {
    const limit = memoryLimitOf(group)
    return limit !== null && limit <= machine ? [{ group, limit }] : []
  })
}

/**
 * The memory of a control group that the kernel cannot reclaim at once, in bytes: the usage without files that were not
 * read lately. All its processes count. `null` if it cannot be read.
 */
export function readWorkingSet({ directory, version }: Group): number | null {
  try {
    const [file, inactive] =
      version === 'v2'
        ? ['memory.current', /^inactive_file (\d+)$/m]
        : ['memory.usage_in_bytes', /^total_inactive_file (\d+)$/m]
    const usage = Number(readFileSync(`${directory}/${file}`, 'latin1'))
    const [, unused = '0'] = (inactive as RegExp).exec(readFileSync(`${directory}/memory.stat`, 'latin1')) ?? []
    return Number.isFinite(usage) ? Math.max(0, usage - Number(unused)) : null
  } catch {
    return null
  }
}

/**
 * Bytes that the process may still take before the kernel kills one of its container: the rest of the nearest limit,
 * and of the machine. What child processes and others of the container hold is taken off.
 */
export function memoryLeft(rss: number = process.memoryUsage.rss(), root = '/'): number {
  const left = findLimitedGroups(root).flatMap(({ group, limit }) => {
    const working = readWorkingSet(group)
    return working === null ? [] : [limit - working]
  })
  return Math.min(freemem(), readLimits({ root }).memory.bytes - rss, ...left)
}
