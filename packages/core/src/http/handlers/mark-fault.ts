import { isFaultPatch } from '../../generated/validators.js'
import { invalid } from '../../lib/errors.js'
import { describeErrors, validator } from '../../lib/validate.js'
import type { FaultPatch } from '../../model/fault.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

export const markFault: Route = {
  method: 'PATCH',
  path: '/faults/:id',
  action: 'configure',
  summary: 'Ignore or resolve a fault, or write a note to it',
  description:
    '`id` is the fingerprint. The marks are kept in a bucket, so only `autodump serve --write` takes them. A version that was not known when a fault was resolved opens it again.',
  body: { schema: 'FaultPatch', types: ['application/json'] },
  responses: { 200: { description: 'What is decided about the fault now', schema: 'FaultMark' } },
  problems: [404, 409],
  handle: async ({ admin, params, body }) => json(await admin.monitor.markFault(params.id, parsed(body))),
}

const validate = validator<FaultPatch>(isFaultPatch)

function parsed(body: unknown): FaultPatch {
  if (!validate(body)) throw invalid('mark of a fault', describeErrors(validate.errors, body))
  return body
}
