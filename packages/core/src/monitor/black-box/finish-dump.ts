import { join } from 'node:path'
import { rename } from '../../lib/fs.js'
import type { CaptureSwitches } from '../../model/capture-kind.js'
import type { Manifest } from '../../model/manifest.js'
import type { ResolvedOptions } from '../../model/options.js'
import type { Store } from '../../model/store.js'
import { temporaryName } from '../../store/dump-id.js'
import { readManifest } from '../../store/manifest-file.js'
import { reportOn } from '../dump-report.js'
import { salvage } from './salvage.js'

export interface FinishParts {
  dir: string
  store: Store
  captures: CaptureSwitches
  explain: ResolvedOptions['explain']
  /** A directory of ours, where the unfinished one lies meanwhile. */
  aside: string
  /** How the process ended, in words. */
  ended: string
}

/** The first manifest of an unfinished dump; `null` where the process did not come so far. */
export const firstOf = (dir: string, id: string): Promise<Manifest | null> =>
  readManifest(dir, id, temporaryName(id)).then(
    ({ manifest }) => manifest,
    () => null,
  )

/**
 * Publishes a dump that an ordinary stop has cut short, under its own id: what its first manifest says, and the artifacts
 * that were whole. Rejects, and leaves the unfinished dump where it was, if there is no room for it.
 */
export async function finishDump(parts: FinishParts, first: Manifest): Promise<Manifest> {
  const { dir, store, captures, explain, aside, ended } = parts
  const { id, summary } = first
  const [unfinished, moved] = [join(dir, temporaryName(id)), join(aside, id)]
  await rename(unfinished, moved)
  const writer = await store.begin(id).catch(async error => {
    await rename(moved, unfinished)
    throw error
  })
  try {
    const { saved, lost } = await salvage(moved, id, writer, captures)
    const gone = lost.length > 0 ? `, ${lost.join(', ')} lost` : ''
    const text = `the dump is not complete, since the process ${ended} while it was captured${gone}`
    const manifest: Manifest = {
      ...first,
      state: 'partial',
      artifacts: saved.map(({ salvagedFrom: _, ...entry }) => entry),
      summary: {
        ...summary,
        text: `${summary.text}; ${text}`,
        findings: [...summary.findings, { kind: 'cut-short', text }],
      },
    }
    await writer.publish(
      manifest,
      await reportOn(manifest, explain, { startedAt: Date.parse(first.createdAt) - first.process.uptime * 1000 }),
    )
    return manifest
  } catch (error) {
    await writer.abandon().catch(() => {})
    throw error
  }
}
