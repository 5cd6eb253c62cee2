import { duration } from '../lib/units.js'
import type { Finding } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'

/** A smaller share of a block in garbage collection is not mentioned. */
const worthWord = 0.2

/**
 * How much of a block of the event loop was garbage collection. The app thread reports pauses when it comes back: the
 * first sample after the block has the share of the time since the last report before it.
 *
 * @param block milliseconds, and epoch milliseconds of its beginning
 */
export function findCollectionsInBlock(samples: readonly Sample[], block: { ms: number; began: number }): Finding[] {
  const { ms, began } = block
  if (ms === 0) return []
  const last = samples.findLast(({ at }) => at <= began)
  const next = samples.find(({ at, blockedFor = 0, values }) => {
    return at >= began + ms && blockedFor < at - began && typeof values.gc === 'number'
  })
  if (!last || !next) return []
  const collected = Math.min(ms, ((next.values.gc ?? 0) / 100) * (next.at - last.at))
  if (collected < worthWord * ms) return []
  const text = `${duration(collected)} of those ${duration(ms)} were garbage collection`
  return [{ kind: 'gc-in-block', text, data: { ms, collected } }]
}
