import { containerLeft, findLimitedGroups, type LimitedGroup } from '../lib/memory-left.js'

/** The figures of `statfs`. */
export interface Disk {
  bavail: number
  bsize: number
  blocks?: number
  /** The kind of file system, as a number of the kernel. */
  type?: number
}

/** The room of the dumps on their disk, in bytes. */
export interface DiskRoom {
  free: number
  /** Stays free. */
  reserve: number
  /** All dumps together have at most this. */
  most: number
}

/** tmpfs and ramfs. */
const inMemory = new Set([0x01021994, 0x858458f6])

/** Bytes of an ordinary disk that stay free by default, and the share of a smaller one. */
const usual = { bytes: 256 * 1024 ** 2, share: 1 / 4 }

/** Of the memory of a container, where the disk is part of it: what dumps may take of it, and what stays free by default. */
const ofMemory = { most: 1 / 8, reserve: 1 / 32 }

/** Whether files there are memory, and the limit of that memory in bytes; `null` for a disk, and where nothing limits it. */
export function memoryBehind({ type }: Disk, groups = findLimitedGroups): { limit: number; most: number } | null {
  if (type === undefined || !inMemory.has(type)) return null
  const limit = Math.min(Number.POSITIVE_INFINITY, ...groups().map(group => group.limit))
  return Number.isFinite(limit) ? { limit, most: Math.floor(limit * ofMemory.most) } : null
}

/**
 * The room for dumps. By default a disk smaller than the usual reserve could hold no dump at all: a tmpfs of a read-only
 * container. Its files are memory of the container, so it has no more room than that has. Why: `decisions/380`.
 *
 * @param asked the option `retention.minFreeBytes`; `null` where nobody has set it
 * @param disk what the system says of it; without a size it is taken for a large one
 */
export function roomOn(asked: number | null, disk: Disk, groups: () => LimitedGroup[] = findLimitedGroups): DiskRoom {
  const size = (disk.blocks ?? 0) * disk.bsize
  const free = disk.bavail * disk.bsize
  const reserve = size > 0 ? Math.min(usual.bytes, Math.floor(size * usual.share)) : usual.bytes
  const memory = memoryBehind(disk, groups)
  if (!memory) return { free, reserve: asked ?? reserve, most: Number.POSITIVE_INFINITY }
  return {
    free: Math.min(free, containerLeft(groups())),
    reserve: asked ?? Math.min(reserve, Math.floor(memory.limit * ofMemory.reserve)),
    most: memory.most,
  }
}
