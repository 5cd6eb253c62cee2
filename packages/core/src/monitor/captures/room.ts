import { statfs } from 'node:fs/promises'
import { memoryLeft as ownMemoryLeft } from '../../lib/memory-left.js'
import { size } from '../../lib/units.js'
import type { ResolvedOptions } from '../../model/options.js'
import { roomOn } from '../../store/reserve.js'
import { type CaptureContext, CaptureRefused } from './capture.js'

/** Bytes that dumps may still take. */
export async function diskLeft({ dir, retention }: Pick<ResolvedOptions, 'dir' | 'retention'>): Promise<number> {
  const { free, reserve } = roomOn(retention.minFreeBytes, await statfs(dir))
  return free - reserve
}

/**
 * Before a capture that takes some memory: in a container that is nearly full it could be what makes the kernel kill
 * the process.
 *
 * @returns the bytes that the process may still take
 * @throws CaptureRefused where those are fewer than the capture may take
 */
export function needMemory(bytes: number, { memoryLeft = ownMemoryLeft }: Pick<CaptureContext, 'memoryLeft'>): number {
  const left = memoryLeft()
  if (left >= bytes) return left
  throw new CaptureRefused(`it may take ${size(bytes)} of memory, and ${size(Math.max(0, left))} are left`, null)
}
