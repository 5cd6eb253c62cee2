import { answerFor } from '../fleet/answer.js'
import type { InstanceQuery } from '../fleet/select.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

/** A caller that asks a server just after it begins to listen sees the monitor at work, or a slow one as starting. */
const startPatience = 2000

export const getStatus: Route<InstanceQuery> = {
  method: 'GET',
  path: '/status',
  action: 'read',
  forwards: true,
  summary: 'See the last sample, the means, and why each rule did or did not fire',
  description: 'Of the process that answers, unless `instance` says otherwise.',
  query: 'InstanceQuery',
  responses: { 200: { description: 'The status', schema: 'Status' } },
  handle: call =>
    answerFor(call, {
      async own() {
        const { monitor } = call.admin
        await monitor.started?.(startPatience)
        return json(monitor.status())
      },
    }),
}
