import type { ListQuery } from '../../model/store.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

export const listDumps: Route<ListQuery> = {
  method: 'GET',
  path: '/dumps',
  action: 'read',
  summary: 'List the dumps, newest first',
  description: 'A browser (`Accept: text/html`) gets the dashboard instead, unless that is switched off.',
  query: 'ListQuery',
  responses: { 200: { description: 'A page of dumps; `next` is the cursor of the next one', schema: 'DumpPage' } },
  handle: async ({ admin, query }) => json(await admin.monitor.list(query)),
}
