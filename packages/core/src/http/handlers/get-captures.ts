import type { CaptureEstimate } from '../../model/capture-estimate.js'
import { answerFor } from '../fleet/answer.js'
import type { InstanceQuery } from '../fleet/select.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

/** The answer of `GET /captures`. */
export interface Captures {
  captures: CaptureEstimate[]
}

export const getCaptures: Route<InstanceQuery> = {
  method: 'GET',
  path: '/captures',
  action: 'read',
  forwards: true,
  summary: 'See what a capture of each kind would cost now',
  description:
    'How long the app would stand still, and why a kind cannot be had or would be refused: estimates, by what captures of the process have cost so far. Of the process that answers, unless `instance` says otherwise.',
  query: 'InstanceQuery',
  responses: {
    200: { description: 'The kinds of evidence', schema: 'Captures' },
  },
  handle: call =>
    answerFor(call, {
      own: async () => json({ captures: await call.admin.monitor.captures() } satisfies Captures),
    }),
}
