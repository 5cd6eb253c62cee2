import { mainScript } from '../analysis/places.js'
import { excerptsOf, sourceRoots } from '../analysis/source-excerpts.js'
import { reportOf } from '../formats/report-md/report-md.js'
import type { Finding, Manifest } from '../model/manifest.js'
import type { ResolvedOptions } from '../model/options.js'

interface About {
  /** The process may die soon: no source file is read. @default false */
  urgent?: boolean
  /** Epoch milliseconds at which the process began that the dump is about. @default the start of this one */
  startedAt?: number
  /** Their places have source lines too, after those of the manifest. @default none */
  more?: readonly Finding[]
}

/** The dump in words, or `undefined` if the option is off. */
export async function reportOn(
  manifest: Manifest,
  { enabled, sourceLines }: ResolvedOptions['explain'],
  { urgent = false, startedAt = Date.now() - process.uptime() * 1000, more = [] }: About,
): Promise<string | undefined> {
  if (!enabled) return undefined
  const findings = [...manifest.summary.findings, ...more]
  if (!sourceLines || urgent) return reportOf(manifest)
  const roots = await sourceRoots(process.cwd(), mainScript())
  return reportOf(manifest, await excerptsOf(findings, roots, startedAt))
}
