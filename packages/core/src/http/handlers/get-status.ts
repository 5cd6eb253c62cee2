import { json } from '../problem.js'
import type { Operation } from '../route.js'

export const getStatus: Operation = {
  summary: 'See the last sample, the means, and why each rule did or did not fire',
  responses: { 200: { description: 'The status', schema: 'Status' } },
  handle: ({ admin }) => json(admin.monitor.status()),
}
