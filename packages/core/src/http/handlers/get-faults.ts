import type { FaultsQuery } from '../../model/fault.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

export const getFaults: Route<FaultsQuery> = {
  method: 'GET',
  path: '/faults',
  action: 'read',
  summary: 'List what went wrong: dumps of one fault as one row',
  description:
    'The fault that was seen last comes first. Dumps belong together by their fingerprint: the metric, the rule and the culprit, without lines, hosts and figures.',
  query: 'FaultsQuery',
  responses: { 200: { description: 'The faults', schema: 'Faults' } },
  handle: async ({ admin, query }) => json(await admin.monitor.faults(query)),
}
