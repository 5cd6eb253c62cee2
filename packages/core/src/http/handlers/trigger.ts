import { json } from '../problem.js'
import type { Operation } from '../route.js'
import { triggerQuery, triggerSchema } from '../schemas.js'
import { parseTrigger } from '../trigger-request.js'

export const trigger: Operation = {
  summary: 'Capture a dump now',
  query: triggerQuery,
  body: { schema: triggerSchema, types: ['application/json'], optional: true },
  responses: {
    202: { description: 'The capture has begun', schema: 'Capturing', headers: ['Location'] },
    201: { description: 'With `wait=true`: the dump is complete', schema: 'Manifest', headers: ['Location'] },
  },
  problems: [409, 429, 503, 507],
  async handle({ admin, query, body }) {
    const { id, done } = await admin.monitor.begin(parseTrigger(body))
    const headers = { location: `${admin.prefix}/dumps/${id}` }
    if (query.wait) return json(await done, { status: 201, headers })
    done.catch(() => {}) // The monitor reports it; nobody waits for it here.
    return json({ id, state: 'capturing' }, { status: 202, headers })
  },
}
