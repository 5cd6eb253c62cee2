import { statfs } from 'node:fs/promises'
import type { ResolvedOptions } from '../../model/options.js'
import { reserveOf } from '../../store/reserve.js'

/** Bytes that dumps may still take. */
export async function diskLeft({ dir, retention }: Pick<ResolvedOptions, 'dir' | 'retention'>): Promise<number> {
  const disk = await statfs(dir)
  return disk.bavail * disk.bsize - reserveOf(retention.minFreeBytes, disk)
}
