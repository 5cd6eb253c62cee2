import type { RunRecord } from '../../model/run-record.js'
import { answerFor } from '../fleet/answer.js'
import type { InstanceQuery } from '../fleet/select.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

/** The answer of `GET /runs`. */
export interface Runs {
  runs: RunRecord[]
}

export const getRuns: Route<InstanceQuery> = {
  method: 'GET',
  path: '/runs',
  action: 'read',
  forwards: true,
  summary: 'See the last runs that are over, and how they ended',
  description:
    'The newest first, at most 20, of all programs that share the dump directory. A run that was stopped, or that ended without a word while nothing was wrong, is here and has no dump.',
  query: 'InstanceQuery',
  responses: { 200: { description: 'The runs', schema: 'Runs' } },
  handle: call => answerFor(call, { own: async () => json({ runs: await call.admin.monitor.runs() } satisfies Runs) }),
}
