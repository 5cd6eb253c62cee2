import type { Readable } from 'node:stream'
import { AutodumpError } from '../../lib/errors.js'
import type { Manifest } from '../../model/manifest.js'
import type { Store } from '../../model/store.js'
import { openArtifact } from '../../store/artifact-stream.js'
import type { SinkDump } from './sink.js'

/** A dump in the form that a sink gets for one call. `close` ends every stream that the call has opened. */
export function openDump(store: Pick<Store, 'artifact'>, manifest: Manifest): { dump: SinkDump; close(): void } {
  const streams = new Set<Readable>()
  let isOpen = true

  async function open(file: string, { stored = false } = {}): Promise<Readable> {
    const { id, artifacts } = manifest
    const isThere = artifacts.some(one => one.file === file && one.state === 'complete')
    if (!isThere) throw new AutodumpError('NOT_FOUND', `the dump ${id} has no artifact ${JSON.stringify(file)}`)
    const found = await store.artifact(id, file)
    if (!found) throw new AutodumpError('NOT_FOUND', `${file} of the dump ${id} is gone`)
    const { stream } = await openArtifact(found, stored)
    // A reader sees the error; without a reader it must not end the thread.
    stream.on('error', () => {})
    stream.once('close', () => streams.delete(stream))
    streams.add(stream)
    if (!isOpen) stream.destroy()
    return stream
  }

  return {
    dump: { manifest, open },
    close() {
      isOpen = false
      for (const stream of streams) stream.destroy()
    },
  }
}
