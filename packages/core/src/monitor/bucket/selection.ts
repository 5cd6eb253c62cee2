import type { CaptureKind } from '../../model/capture-kind.js'
import type { ArtifactEntry } from '../../model/manifest.js'

export interface Selection {
  kinds: readonly CaptureKind[]
  maxBytes: number | null
}

/** Why an artifact stays on the machine; `null` if it is uploaded. */
export function whyNot(entry: ArtifactEntry, { kinds, maxBytes }: Selection): string | null {
  if (entry.kind === 'heap-snapshot' && !entry.redacted) return 'a heap snapshot is uploaded only if it is redacted'
  if (!kinds.includes(entry.kind)) return `bucket.kinds does not have ${entry.kind}`
  if (maxBytes !== null && entry.storedBytes > maxBytes)
    return `it has ${entry.storedBytes} bytes, more than bucket.maxBytes ${maxBytes}`
  return null
}

/** The entry of a missing artifact in the manifest in the bucket: readers do not look for it. */
export const notUploaded = (entry: ArtifactEntry, why: string): ArtifactEntry => ({
  ...entry,
  state: 'failed',
  error: `not in the bucket: ${why}`,
})

export const nameOnDisk = ({ file, encoding }: Pick<ArtifactEntry, 'file' | 'encoding'>): string =>
  encoding === 'gzip' ? `${file}.gz` : file
