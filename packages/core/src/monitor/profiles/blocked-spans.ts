import type { LabelledTime } from '../../formats/pprof/split-by-time.js'
import type { Manifest } from '../../model/manifest.js'
import type { TraceContext } from '../../model/trace-context.js'

/**
 * The time for which the request of a dump has blocked the event loop, with the ids of its trace; `null` where the dump
 * is about something else, or no trace is known.
 *
 * @param toMicros the clock of profiles at a moment in epoch milliseconds
 */
export function blockedSpan(
  { summary, samples }: Pick<Manifest, 'summary' | 'samples'>,
  toMicros: (at: number) => number,
): LabelledTime | null {
  const trace = summary.findings.find(({ kind }) => kind === 'trace')?.data as Partial<TraceContext> | undefined
  const blocked = samples.filter(({ blockedFor = 0 }) => blockedFor > 0)
  if (!trace?.traceId || !trace.spanId || blocked.length === 0) return null
  const from = Math.min(...blocked.map(({ at, blockedFor = 0 }) => at - blockedFor))
  const to = Math.max(...blocked.map(({ at }) => at))
  return { from: toMicros(from), to: toMicros(to), labels: { trace_id: trace.traceId, span_id: trace.spanId } }
}
