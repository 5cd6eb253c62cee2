import { answerFor } from '../fleet/answer.js'
import { json, Problem } from '../problem.js'
import type { Operation } from '../route.js'
import { triggerQuery, triggerSchema } from '../schemas.js'
import { parseTrigger } from '../trigger-request.js'

/** Milliseconds that a dump may take beyond its profiles, before nobody waits for it any more. */
const grace = 90_000

export const trigger: Operation = {
  summary: 'Capture a dump now',
  description:
    'Of the process that answers, unless `instance` says otherwise. With `all` it is 202 if one of them has begun.',
  query: triggerQuery,
  body: { schema: triggerSchema, types: ['application/json'], optional: true },
  responses: {
    202: {
      description: 'The capture has begun',
      schema: 'CapturingOrEach',
      headers: ['Location', 'Autodump-Instances', 'Autodump-Instances-Failed'],
    },
    201: {
      description: 'With `wait=true`: the dump is complete',
      schema: 'Manifest',
      headers: ['Location', 'Autodump-Instances'],
    },
  },
  problems: [404, 409, 429, 503, 507],
  async handle(call) {
    const { admin, query, body } = call
    const wanted = parseTrigger(body)
    if (query.wait && query.instance === 'all')
      throw new Problem(400, 'the query parameters are not valid', {
        errors: [{ field: 'wait', message: 'is for one dump, not for those of `instance=all`' }],
      })
    const duration = wanted.duration ?? admin.monitor.options.cpuProfile.duration
    return answerFor(call, {
      request: { method: 'POST', path: '/trigger', body: wanted, wait: query.wait ? duration + grace : undefined },
      async own() {
        const { id, done } = await admin.monitor.begin(wanted)
        const headers = { location: `${admin.prefix}/dumps/${id}` }
        if (query.wait) return json(await done, { status: 201, headers })
        done.catch(() => {}) // The monitor reports it; nobody waits for it here.
        return json({ id, state: 'capturing' }, { status: 202, headers })
      },
    })
  },
}
