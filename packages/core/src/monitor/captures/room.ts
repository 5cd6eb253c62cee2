import { statfs } from 'node:fs/promises'
import { memoryLeft } from '../../lib/memory-left.js'
import { size } from '../../lib/units.js'
import type { ResolvedOptions } from '../../model/options.js'
import { roomOn } from '../../store/reserve.js'
import { CaptureRefused } from './capture.js'

/** Bytes that dumps may still take. */
export async function diskLeft({ dir, retention }: Pick<ResolvedOptions, 'dir' | 'retention'>): Promise<number> {
  const { free, reserve } = roomOn(retention.minFreeBytes, await statfs(dir))
  return free - reserve
}

/** Bytes that the process may still take. */
export type FreeMemory = () => number

export const freeMemory: FreeMemory = () => memoryLeft()

/**
 * Before a capture that takes some memory: in a container that is nearly full it could be what makes the kernel kill
 * the process.
 *
 * @throws CaptureRefused
 */
export function refuseWithout(bytes: number, left: number): void {
  if (left >= bytes) return
  throw new CaptureRefused(`it may take ${size(bytes)} of memory, and ${size(Math.max(0, left))} are left`, null)
}
