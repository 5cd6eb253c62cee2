import type { CaptureKind } from '../model/capture-kind.js'
import type { Evidence } from '../model/evidence.js'
import type { Manifest, Summary } from '../model/manifest.js'
import type { Taken } from './dump-manifest.js'

/** Milliseconds that kinds which are nearly there are waited for: the sentence names the requests too. */
const nearly = 100

export interface FirstManifestParts {
  /** The kinds that are there within so many milliseconds. */
  soFar(ms: number): Promise<Taken[]>
  describe(taken: Taken[]): Promise<Manifest>
  write(manifest: Manifest): Promise<void>
  tell(summary: Summary): void
  isOver(): boolean
  onError(what: string, error: unknown): void
}

/**
 * The recorder knows the culprit at the trigger, a second before the dump is complete. So a first manifest, `partial`, is
 * written as soon as the recorded profile is kept, and its summary is told. The returned function hears of each kept piece.
 */
export function createFirstManifest(parts: FirstManifestParts): (kind: CaptureKind, piece: Evidence) => void {
  let isMade = false

  async function make(kind: CaptureKind, piece: Evidence): Promise<void> {
    const soFar = await parts.soFar(nearly)
    if (parts.isOver()) return
    const manifest = await parts.describe([...soFar, { kind, evidence: [piece], entries: [] }])
    if (parts.isOver()) return
    await parts.write({ ...manifest, state: 'partial' })
    parts.tell(manifest.summary)
  }

  return (kind, piece) => {
    if (isMade || piece.phase !== 'before') return
    isMade = true
    make(kind, piece).catch(error => {
      if (!parts.isOver()) parts.onError('describe a dump in progress', error)
    })
  }
}
