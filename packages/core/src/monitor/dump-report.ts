import { excerptsOf } from '../analysis/source-excerpts.js'
import { reportOf } from '../formats/report-md/report-md.js'
import type { Manifest } from '../model/manifest.js'
import type { ResolvedOptions } from '../model/options.js'

/**
 * The dump in words, or `undefined` if the option is off.
 *
 * @param urgent the process may die soon: no source file is read
 */
export async function reportOn(
  manifest: Manifest,
  { enabled, sourceLines }: ResolvedOptions['explain'],
  urgent: boolean,
): Promise<string | undefined> {
  if (!enabled) return undefined
  const startedAt = Date.now() - process.uptime() * 1000
  const { findings } = manifest.summary
  return reportOf(manifest, sourceLines && !urgent ? await excerptsOf(findings, process.cwd(), startedAt) : [])
}
