import type { MonitorApi } from '../../model/monitor-api.js'
import { answerFor } from '../fleet/answer.js'
import type { InstanceQuery } from '../fleet/select.js'
import { quoted } from '../negotiation.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

export const getThresholds: Route<InstanceQuery> = {
  method: 'GET',
  path: '/thresholds',
  action: 'read',
  forwards: true,
  summary: 'Read the thresholds of every metric',
  description: 'Of the process that answers, unless `instance` says otherwise.',
  query: 'InstanceQuery',
  responses: {
    200: { description: 'The thresholds', schema: 'Thresholds', headers: ['ETag'] },
  },
  handle: call =>
    answerFor(call, {
      own: () => thresholdsOf(call.admin.monitor),
    }),
}

/** The thresholds with their tag. */
export function thresholdsOf(monitor: MonitorApi): Response {
  const { thresholds, etag } = monitor.thresholds()
  return json(thresholds, { headers: { etag: quoted(etag) } })
}
