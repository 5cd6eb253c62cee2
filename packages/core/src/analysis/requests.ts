import type { RequestsEvidence } from '../captures/requests.js'
import type { Finding } from '../store/manifest.js'
import { duration } from './words.js'

/** What the request table says: where most requests are, and which one is oldest. */
export function findInRequests({ total, truncated, groups }: RequestsEvidence): Finding[] {
  return groups.slice(0, 5).map(({ method, route, count, oldestAgeMs, medianAgeMs, states }) => ({
    kind: 'request-group',
    text: `${count} of ${total} requests in flight are ${method} ${route}, the oldest for ${duration(oldestAgeMs)}`,
    data: { method, route, count, total, oldestAgeMs, medianAgeMs, states, truncated },
  }))
}

/** `58 of them GET /stall/:id, the oldest for 8.1 s`; `null` where nothing is in flight. */
export function sayRequests({ total, groups }: RequestsEvidence): string | null {
  const [largest] = groups
  if (!largest) return null
  const { method, route, count, oldestAgeMs } = largest
  const share = count === total ? (total === 1 ? 'it is' : 'all of them') : `${count} of them`
  return `${share} ${method} ${route}, the oldest for ${duration(oldestAgeMs)}`
}
