import type { OpenFile } from '../../lib/fs.js'
import { openTrusted } from '../../lib/trusted.js'
import type { ObjectSource } from '../../object-store/object-store.js'

/** The fault is in a file of the dump, not in the store. */
export class Unreadable extends Error {}

/** Opens a file of ours as a source, and closes it afterwards. */
export async function withFile<T>(path: string, work: (source: ObjectSource) => Promise<T>): Promise<T> {
  const { handle, size } = await openTrusted(path).catch(error => {
    throw new Unreadable(`cannot be read: ${(error as Error).message}`, { cause: error })
  })
  try {
    return await work({ size, read: (into, position) => fill(handle, into, position) })
  } finally {
    await handle.close()
  }
}

async function fill(handle: OpenFile, into: Uint8Array, position: number): Promise<void> {
  for (let filled = 0; filled < into.length; ) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, position + filled).catch(error => {
      throw new Unreadable(`cannot be read: ${(error as Error).message}`, { cause: error })
    })
    if (bytesRead === 0) throw new Unreadable('is shorter than it was')
    filled += bytesRead
  }
}
