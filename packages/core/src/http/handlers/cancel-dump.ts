import { isDumpId } from '../../store/dump-id.js'
import { answerFor } from '../fleet/answer.js'
import type { InstanceQuery } from '../fleet/select.js'
import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export const cancelDump: Route<InstanceQuery> = {
  method: 'POST',
  path: '/dumps/:id/cancel',
  action: 'capture',
  forwards: true,
  summary: 'Cancel a dump that is being captured',
  description:
    'Nothing of it stays and nobody is told, but it counts for `limits.maxPerHour`. V8 does not end a heap snapshot early: the app stands still until it is done, and for so long, if that is over two seconds, the next trigger is answered with 409. Of the process that answers, unless `instance` says otherwise.',
  query: 'InstanceQuery',
  responses: { 204: { description: 'There will be no dump' } },
  problems: [409],
  async handle(call) {
    const { admin, params, query } = call
    if (query.instance === 'all')
      throw new Problem(400, 'the query parameters are not valid', {
        errors: [{ field: 'instance', message: 'must be one process: a dump is of one' }],
      })
    // Only a valid id goes into the path for the request to another instance.
    if (!isDumpId(params.id)) throw new Problem(404, 'there is no such dump')
    return answerFor(call, {
      async own() {
        await admin.monitor.cancel(params.id)
        return new Response(null, { status: 204 })
      },
    })
  },
}
