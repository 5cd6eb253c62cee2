import { answerFor } from '../fleet/answer.js'
import type { InstanceQuery } from '../fleet/select.js'
import { json, Problem } from '../problem.js'
import type { Route } from '../route.js'
import { parseTrigger } from '../trigger-request.js'

export interface TriggerQuery extends InstanceQuery {
  /** Answer with the manifest when the dump is complete. @default false */
  wait?: boolean
}

/** The immediate answer of a trigger. */
export interface DumpBegun {
  id: string
  state: 'capturing'
}

/** Milliseconds that a dump may take beyond its profiles, before the request stops waiting for it. */
const grace = 90_000

export const trigger: Route<TriggerQuery> = {
  method: 'POST',
  path: '/trigger',
  action: 'capture',
  forwards: true,
  summary: 'Capture a dump now',
  description:
    'Of the process that answers, unless `instance` says otherwise. With `all` it is 202 if one of them has begun.',
  query: 'TriggerQuery',
  body: { schema: 'TriggerRequest', types: ['application/json'], optional: true },
  responses: {
    202: {
      description: 'The capture has begun',
      schema: 'DumpBegun',
      headers: ['Location', 'Autodump-Instances-Failed'],
    },
    201: { description: 'With `wait=true`: the dump is complete', schema: 'Manifest', headers: ['Location'] },
  },
  problems: [409, 429, 507],
  async handle(call) {
    const { admin, query, body } = call
    const wanted = parseTrigger(body)
    if (query.wait && query.instance === 'all')
      throw new Problem(400, 'the query parameters are not valid', {
        errors: [{ field: 'wait', message: 'is for one dump, not for those of `instance=all`' }],
      })
    const duration = wanted.duration ?? admin.monitor.options.cpuProfile.duration
    return answerFor(call, {
      body: wanted,
      wait: query.wait ? duration + grace : undefined,
      async own() {
        const { id, done } = await admin.monitor.begin(wanted)
        const headers = { location: `${admin.prefix}/dumps/${id}` }
        if (query.wait) return json(await done, { status: 201, headers })
        done.catch(() => {}) // The monitor reports the failure; no request waits for it here.
        return json({ id, state: 'capturing' } satisfies DumpBegun, { status: 202, headers })
      },
    })
  },
}
