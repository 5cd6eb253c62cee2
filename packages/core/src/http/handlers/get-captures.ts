import { answerFor } from '../fleet/answer.js'
import { json } from '../problem.js'
import type { Operation } from '../route.js'
import { instanceQuery } from '../schemas.js'

export const getCaptures: Operation = {
  summary: 'See what a capture of each kind would cost now',
  description:
    'How long the app would stand still, and why a kind cannot be had or would be refused: estimates, by what captures of the process have cost so far. Of the process that answers, unless `instance` says otherwise.',
  query: instanceQuery,
  responses: {
    200: { description: 'The kinds of evidence', schema: 'CapturesOrEach', headers: ['Autodump-Instances'] },
  },
  problems: [404, 503],
  handle: call =>
    answerFor(call, {
      request: { method: 'GET', path: '/captures' },
      own: async () => json({ captures: await call.admin.monitor.captures() }),
    }),
}
