import { json } from '../problem.js'
import type { Operation } from '../route.js'
import { listQuery } from '../schemas.js'

export const listDumps: Operation = {
  summary: 'List the dumps, newest first',
  description: 'A browser (`Accept: text/html`) gets the dashboard instead, unless that is switched off.',
  query: listQuery,
  responses: { 200: { description: 'A page of dumps; `next` is the cursor of the next one', schema: 'DumpPage' } },
  handle: async ({ admin, query }) => json(await admin.monitor.list(query)),
}
