import { statfs } from 'node:fs/promises'
import type { ResolvedOptions } from '../../model/options.js'

/** Bytes that dumps may still take. */
export async function diskLeft({ dir, retention }: Pick<ResolvedOptions, 'dir' | 'retention'>): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize - retention.minFreeBytes
}
