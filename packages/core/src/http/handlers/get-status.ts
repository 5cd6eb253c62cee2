import { answerFor } from '../fleet/answer.js'
import { json } from '../problem.js'
import type { Operation } from '../route.js'
import { instanceQuery } from '../schemas.js'

/** Whoever looks at a server that has just begun to listen sees the monitor at work, and one that is slow to start as such. */
const startPatience = 2000

export const getStatus: Operation = {
  summary: 'See the last sample, the means, and why each rule did or did not fire',
  description: 'Of the process that answers, unless `instance` says otherwise.',
  query: instanceQuery,
  responses: { 200: { description: 'The status', schema: 'StatusOrEach', headers: ['Autodump-Instances'] } },
  problems: [404, 503],
  handle: call =>
    answerFor(call, {
      request: { method: 'GET', path: '/status' },
      async own() {
        const { monitor } = call.admin
        await monitor.started?.(startPatience)
        return json(monitor.status())
      },
    }),
}
