import { quoted } from '../negotiation.js'
import { json } from '../problem.js'
import type { Operation } from '../route.js'

export const getThresholds: Operation = {
  summary: 'Read the thresholds of every metric',
  responses: { 200: { description: 'The thresholds', schema: 'Thresholds', headers: ['ETag'] } },
  handle({ admin }) {
    const { thresholds, etag } = admin.monitor.thresholds()
    return json(thresholds, { headers: { etag: quoted(etag) } })
  },
}
