import { text } from 'node:stream/consumers'
import type { PprofOptions } from '../formats/pprof/encode.js'
import { maxTextLength, type PprofKind, pprofKinds, pprofName, toPprof } from '../formats/pprof/to-pprof.js'
import { invalid } from '../lib/errors.js'
import type { ArtifactEntry, Manifest } from '../model/manifest.js'
import type { PprofFile } from '../model/monitor-api.js'
import type { StoredArtifact } from '../model/store.js'
import { openArtifact } from './artifact-stream.js'

/** Bytes, if another tool has set the interval of heap samples: V8's default. */
const usualInterval = 512 * 1024

/** Where the dumps are. */
interface Dumps {
  manifest(id: string): Promise<Manifest | undefined>
  artifact(id: string, file: string): Promise<StoredArtifact | undefined>
}

/**
 * An artifact as pprof; `undefined` if there is no such artifact.
 *
 * @throws AutodumpError `INVALID` where it is no profile, or too large for it
 */
export async function pprofOf(store: Dumps, id: string, file: string): Promise<PprofFile | undefined> {
  const stored = await store.artifact(id, file)
  const manifest = stored && (await store.manifest(id))
  if (!manifest || stored.entry.state === 'failed') return undefined
  const { kind, bytes } = stored.entry
  if (!pprofKinds.includes(kind as PprofKind)) throw refusal(`pprof is there for ${convertible}, got ${kind}`)
  if (bytes > maxTextLength) throw refusal(`pprof is there for files of at most ${maxTextLength} bytes, got ${bytes}`)
  const open = await openArtifact(stored, false).catch(error => {
    if (error.code === 'ENOENT') return undefined // Removed since it was looked up.
    throw error
  })
  if (!open) return undefined
  const profile = await text(open.stream)
  const options = {
    ...timeOf(stored.entry, manifest.createdAt),
    comments: [manifest.summary.text, ...labelsOf(manifest)],
    sampleInterval: stored.entry.sampleInterval ?? usualInterval,
  }
  return { name: pprofName(file), bytes: toPprof(kind as PprofKind, profile, options) }
}

/** An older dump does not say when each of its profiles began: a profile from before the trigger ended with it. */
function timeOf({ startedAt, phase }: ArtifactEntry, createdAt: string): PprofOptions {
  const time = Date.parse(startedAt ?? '')
  if (Number.isFinite(time)) return { time }
  return phase === 'before' ? { until: Date.parse(createdAt) } : { time: Date.parse(createdAt) }
}

/** Scrapers and pushers set labels of the same names for the whole profile, so no sample has them. */
const labelsOf = ({ process }: Manifest) =>
  Object.entries(process.labels ?? {}).map(([name, value]) => `${name}=${value}`)

const convertible = `${pprofKinds.slice(0, -1).join(', ')} and ${pprofKinds.at(-1)}`

const refusal = (message: string) => invalid('query', [{ field: 'format', message }])
