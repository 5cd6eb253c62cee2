import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import { findGroups, type Group, memoryLimitOf } from './cgroup.js'

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

/** The words of `memory.stat`: files not read lately and lately, those of both that are mapped, and the kernel's own caches. */
const words = {
  v2: { usage: 'memory.current', stat: /^(inactive_file|active_file|file_mapped|slab_reclaimable) (\d+)$/gm },
  v1: { usage: 'memory.usage_in_bytes', stat: /^total_(inactive_file|active_file|mapped_file) (\d+)$/gm },
}

/**
 * The memory of a control group that the kernel cannot reclaim at once, in bytes: the usage without caches. Mapped files
 * that were read lately are no cache, because they are code that runs. All its processes count. `null` if it cannot be
 * read. Why: `decisions/359`.
 */
export function readWorkingSet({ directory, version }: Group): number | null {
  try {
    const { usage: file, stat } = words[version]
    const usage = Number(readFileSync(`${directory}/${file}`, 'latin1'))
    const found = readFileSync(`${directory}/memory.stat`, 'latin1').matchAll(stat)
    const bytes = new Map(Array.from(found, ([, name, value]) => [name, Number(value)]))
    const of = (name: string) => bytes.get(name) ?? 0
    const mapped = of('file_mapped') + of('mapped_file')
    const inactive = of('inactive_file')
    const files = Math.max(inactive, inactive + of('active_file') - mapped)
    return Number.isFinite(usage) ? Math.max(0, usage - files - of('slab_reclaimable')) : null
  } catch {
    return null
  }
}

/** Bytes of mapped files in the account of that group; `null` if they cannot be read. */
export function readMappedFiles({ directory }: Group): number | null {
  try {
    const stat = readFileSync(`${directory}/memory.stat`, 'latin1')
    const [, bytes] = /^(?:file_mapped|total_mapped_file) (\d+)$/m.exec(stat) ?? []
    return bytes === undefined ? null : Number(bytes)
  } catch {
    return null
  }
}

/**
 * Bytes that the process may still take before the kernel kills one of its container: the rest of the nearest limit,
 * and of the machine. What child processes and others of the container hold is taken off. Never throws.
 */
export function memoryLeft(rss: number | null = ownResident(), root = '/'): number {
  const groups = findLimitedGroups(root)
  const ofContainer = containerLeft(groups)
  if (Number.isFinite(ofContainer)) return Math.min(freemem(), ofContainer)
  // Its usage cannot be read, or nothing limits it. The resident memory may have pages of other containers.
  const limit = Math.min(totalmem(), ...groups.map(({ limit }) => limit))
  return Math.min(freemem(), limit - (rss ?? 0))
}

/** Bytes; `null` where Node cannot read them: without `/proc`, or out of descriptors. */
function ownResident(): number | null {
  try {
    return process.memoryUsage.rss()
  } catch {
    return null
  }
}

/** Bytes up to the nearest limit of these groups; `Infinity` if none tells. */
export function containerLeft(groups: LimitedGroup[]): number {
  const left = groups.flatMap(({ group, limit }) => {
    const working = readWorkingSet(group)
    return working === null ? [] : [limit - working]
  })
  return Math.min(Number.POSITIVE_INFINITY, ...left)
}
