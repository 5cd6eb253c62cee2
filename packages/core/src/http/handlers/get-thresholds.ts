import type { MonitorApi } from '../../model/monitor-api.js'
import { answerFor } from '../fleet/answer.js'
import { quoted } from '../negotiation.js'
import { json } from '../problem.js'
import type { Operation } from '../route.js'
import { instanceQuery } from '../schemas.js'

export const getThresholds: Operation = {
  summary: 'Read the thresholds of every metric',
  description: 'Of the process that answers, unless `instance` says otherwise.',
  query: instanceQuery,
  responses: {
    200: { description: 'The thresholds', schema: 'ThresholdsOrEach', headers: ['ETag', 'Autodump-Instances'] },
  },
  problems: [404, 503],
  handle: call =>
    answerFor(call, {
      request: { method: 'GET', path: '/thresholds' },
      own: () => thresholdsOf(call.admin.monitor),
    }),
}

/** The thresholds with their tag. */
export function thresholdsOf(monitor: MonitorApi): Response {
  const { thresholds, etag } = monitor.thresholds()
  return json(thresholds, { headers: { etag: quoted(etag) } })
}
