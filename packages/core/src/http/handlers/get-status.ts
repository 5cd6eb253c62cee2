import { answerFor } from '../../fleet/answer.js'
import { json } from '../problem.js'
import type { Operation } from '../route.js'
import { instanceQuery } from '../schemas.js'

export const getStatus: Operation = {
  summary: 'See the last sample, the means, and why each rule did or did not fire',
  description: 'Of the process that answers, unless `instance` says otherwise.',
  query: instanceQuery,
  responses: { 200: { description: 'The status', schema: 'StatusOrEach', headers: ['Autodump-Instances'] } },
  problems: [404, 503],
  handle: call =>
    answerFor(call, {
      request: { method: 'GET', path: '/status' },
      own: () => json(call.admin.monitor.status()),
    }),
}
