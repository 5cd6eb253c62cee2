import { text } from 'node:stream/consumers'
import { invalid } from '../errors.js'
import { openArtifact } from '../store/artifact-stream.js'
import type { Store } from '../store/store.js'
import { maxTextLength, type PprofKind, pprofKinds, pprofName, toPprof } from './to-pprof.js'

export interface PprofFile {
  name: string
  /** Gzipped `profile.proto`. */
  bytes: Uint8Array
}

/**
 * An artifact of the store as pprof; `undefined` where there is no such artifact.
 *
 * @throws AutodumpError `INVALID` where it is no profile, or too large for it
 */
export async function pprofOf(store: Store, id: string, file: string): Promise<PprofFile | undefined> {
  const stored = await store.artifact(id, file)
  const manifest = stored && (await store.manifest(id))
  if (!manifest) return undefined
  const { kind, bytes } = stored.entry
  if (!pprofKinds.includes(kind as PprofKind))
    throw refusal(`pprof is there for ${pprofKinds.join(' and ')}, got ${kind}`)
  if (bytes > maxTextLength) throw refusal(`pprof is there for files of at most ${maxTextLength} bytes, got ${bytes}`)
  const { stream } = await openArtifact(stored, false)
  const options = {
    time: Date.parse(manifest.createdAt),
    labels: manifest.process.labels,
    comments: [manifest.summary.text],
  }
  return { name: pprofName(file), bytes: toPprof(kind as PprofKind, await text(stream), options) }
}

const refusal = (message: string) => invalid('query', [{ field: 'format', message }])
