import { isReplayRequest } from '../../generated/validators.js'
import { invalid } from '../../lib/errors.js'
import { describeErrors, validator } from '../../lib/validate.js'
import type { ReplayRequest } from '../../model/bucket-calls.js'
import { onlyOverBucket } from '../only-over-bucket.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

export const replay: Route = {
  method: 'POST',
  path: '/replay',
  action: 'read',
  summary: 'See which dumps other thresholds would have made of the samples of all processes',
  description:
    'Of the samples that the newest dumps of the bucket have: at most 1000 dumps and 20 seconds of reading; `looked` and `notes` say what was left out. It changes nothing. Only `autodump serve` answers it; a process answers 409.',
  body: { schema: 'ReplayRequest', types: ['application/json'] },
  responses: { 200: { description: 'The dumps', schema: 'BucketReplay' } },
  problems: [409],
  handle: async ({ admin, request, body }) => json(await onlyOverBucket(admin).replay(parsed(body), request.signal)),
}

const validate = validator<ReplayRequest>(isReplayRequest)

function parsed(body: unknown): ReplayRequest {
  if (!validate(body)) throw invalid('replay', describeErrors(validate.errors, body))
  return body
}
