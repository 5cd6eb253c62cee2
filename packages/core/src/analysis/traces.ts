import { collapseIds } from '../lib/path.js'
import type { Finding } from '../model/manifest.js'
import type { RequestsEvidence } from '../model/request-table.js'
import type { TraceLink } from '../model/trace-context.js'

interface Blamed {
  trace: TraceLink
  /** In words. */
  of: string
}

/** The trace to look at: that of the code that ran, else that of the oldest request to the route with most of them. */
function blamed({ activeSpan, groups, requests }: RequestsEvidence): Blamed | null {
  if (activeSpan) return { trace: activeSpan, of: 'the code that ran' }
  const [largest] = groups
  const known = requests.filter(({ traceId }) => traceId !== undefined)
  const row =
    known.find(
      ({ method, route, url }) => method === largest?.method && (route ?? collapseIds(url)) === largest?.route,
    ) ?? known[0]
  if (!row?.traceId || !row.spanId) return null
  const { traceId, spanId, traceUrl } = row
  return {
    trace: { traceId, spanId, ...(traceUrl && { traceUrl }) },
    of: `${row.method} ${row.route ?? collapseIds(row.url)}`,
  }
}

export function findTrace(requests: RequestsEvidence): Finding[] {
  const found = blamed(requests)
  if (!found) return []
  const { trace, of } = found
  return [{ kind: 'trace', text: `the trace of ${of} is ${trace.traceUrl ?? trace.traceId}`, data: { ...trace } }]
}

/** `trace https://…`: only an address is worth a place in the sentence. */
export function sayTrace(requests: RequestsEvidence): string | null {
  const url = blamed(requests)?.trace.traceUrl
  return url ? `trace ${url}` : null
}
