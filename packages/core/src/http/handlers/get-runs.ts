import { answerFor } from '../fleet/answer.js'
import { json } from '../problem.js'
import type { Operation } from '../route.js'
import { instanceQuery } from '../schemas.js'

export const getRuns: Operation = {
  summary: 'See the last runs that are over, and how they ended',
  description:
    'The newest first, at most 20, of all programs that share the dump directory. A run that was stopped, or that ended without a word while nothing was wrong, is here and has no dump.',
  query: instanceQuery,
  responses: { 200: { description: 'The runs', schema: 'RunsOrEach', headers: ['Autodump-Instances'] } },
  problems: [404, 503],
  handle: call =>
    answerFor(call, {
      request: { method: 'GET', path: '/runs' },
      own: async () => json({ runs: await call.admin.monitor.runs() }),
    }),
}
