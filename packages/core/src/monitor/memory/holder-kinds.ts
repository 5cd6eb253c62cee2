import type { CaptureKind } from '../../model/capture-kind.js'
import { metricInfo } from '../../model/metric.js'
import type { RuleName } from '../../model/threshold.js'
import { ruleOf } from '../../rules/table.js'
import { earlyPause } from '../captures/affordable-pause.js'

/** Milliseconds that the app may stand still unasked, to learn the holders of memory that is no leak. Why: `decisions/316`. */
const otherPause = 1000

/**
 * The evidence that a dump about memory has in addition: who keeps it alive. A leak is seen while the heap is small, and so
 * is a heap beside which Buffers pile up: the pause is short then, and hours later it would not be. A leak also keeps the
 * snapshot. A threshold without heap profiles wants no evidence of the heap.
 *
 * @param isCheap whether a capture is allowed, and stops the app for at most that many milliseconds
 */
export function holderKinds(
  firing: readonly { metric: string; fire: RuleName | null }[],
  wanted: ReadonlySet<CaptureKind>,
  isCheap: (kind: CaptureKind, ms: number) => boolean,
): CaptureKind[] {
  if (!wanted.has('heap-profile') || wanted.has('heap-snapshot')) return []
  if (firing.some(({ fire }) => fire !== null && ruleOf(fire)?.isEarly)) {
    if (isCheap('heap-snapshot', earlyPause)) return ['heap-snapshot']
    return isCheap('holders', earlyPause) ? ['holders'] : []
  }
  const isAboutMemory = firing.some(({ metric }) => metricInfo(metric).family === 'memory')
  return isAboutMemory && isCheap('holders', otherPause) ? ['holders'] : []
}
