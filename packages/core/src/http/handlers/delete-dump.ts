import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export const deleteDump: Route = {
  method: 'DELETE',
  path: '/dumps/:id',
  action: 'delete',
  summary: 'Remove a dump',
  responses: { 204: { description: 'It is gone' } },
  problems: [404],
  async handle({ admin, params }) {
    if (!(await admin.monitor.remove(params.id))) throw new Problem(404, 'there is no such dump')
    return new Response(null, { status: 204 })
  },
}
