import { open as openFile } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { openTrusted, readFlags } from '../lib/trusted.js'
import type { StoredArtifact } from '../model/store.js'

export interface ArtifactStream {
  /** Destroying it closes the file. */
  stream: Readable
  /** Set if the stream is the compressed form, as the file lies on disk. */
  encoding?: 'gzip'
  /** Bytes that the stream will give; absent if the file differs from its manifest. */
  length?: number
}

/**
 * Opens an artifact for reading: as it lies on disk, or unzipped on the fly if the reader cannot unzip. The file is
 * open when this resolves, so its errors are known before the first header is sent: `ENOENT` when it is gone.
 */
export async function openArtifact(stored: StoredArtifact, acceptGzip: boolean): Promise<ArtifactStream> {
  const { entry } = stored
  const { file, size } = await open(stored)
  if (entry.encoding === undefined) return { stream: file, length: size }
  if (acceptGzip) return { stream: file, encoding: entry.encoding, length: size }
  // An error of either stream destroys both; the reader sees it on the second.
  const stream = pipeline(file, createGunzip(), () => {})
  return { stream, ...(size === entry.storedBytes ? { length: entry.bytes } : {}) }
}

async function open(stored: StoredArtifact): Promise<{ file: Readable; size: number }> {
  if ('open' in stored) return { file: Readable.from(await stored.open()), size: stored.entry.storedBytes }
  const { handle, size } = await openTrusted(stored.path, openFile(stored.path, readFlags))
  return { file: handle.createReadStream(), size }
}
