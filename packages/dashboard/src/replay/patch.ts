import { defaultThreshold } from '@autodump/core/rules'
import type { ReplayRequest, Threshold } from '../api/types.ts'

type Patch = NonNullable<ReplayRequest['thresholds']>

/** Only fields other than the defaults: `capture` says nothing of when a dump is made. */
export function patchOf(changed: Record<string, Threshold>): Patch {
  const patch: Patch = {}
  for (const [metric, { capture, ...threshold }] of Object.entries(changed)) {
    const usual: Threshold = defaultThreshold(metric)
    const changes = Object.entries(threshold).filter(([field, value]) => usual[field as keyof Threshold] !== value)
    if (changes.length > 0) patch[metric] = Object.fromEntries(changes)
  }
  return patch
}
