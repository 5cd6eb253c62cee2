import { PerformanceObserver } from 'node:perf_hooks'
import { runtimeOf } from '../lib/runtime/runtime.js'
import type { BuiltinMetric } from '../model/metric.js'

/**
 * The metrics that this runtime has no figures for. Its own answer is not asked: on Bun and Deno the event loop has
 * never idled, so that an idle app would look like a busy one; Bun's heap has no limit and its list of handles is empty.
 */
export function missingMetrics(runtime = runtimeOf()): BuiltinMetric[] {
  const { supportedEntryTypes } = PerformanceObserver as { supportedEntryTypes?: readonly string[] }
  const observesGc = supportedEntryTypes?.includes('gc')
  return [
    ...(runtime === 'bun' ? (['heap', 'handles'] as const) : []),
    ...(runtime === 'node' ? [] : (['eventLoopUtilization'] as const)),
    ...(observesGc ? [] : (['gc'] as const)),
  ]
}
