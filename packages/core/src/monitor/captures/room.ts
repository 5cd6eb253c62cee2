import { statfs } from 'node:fs/promises'
import { freemem } from 'node:os'
import { readLimits } from '../../lib/limits.js'
import type { ResolvedOptions } from '../../model/options.js'

/**
 * Bytes that the process may still take: the rest of the nearest limit, and of the machine. Other use of the same
 * cgroup is not known.
 */
export function memoryLeft(rss: number = process.memoryUsage.rss()): number {
  return Math.min(freemem(), readLimits().memory.bytes - rss)
}

/** Bytes that dumps may still take. */
export async function diskLeft({ dir, retention }: Pick<ResolvedOptions, 'dir' | 'retention'>): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize - retention.minFreeBytes
}
