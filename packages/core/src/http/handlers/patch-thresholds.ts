import { requireUnchanged } from '../../options/thresholds-patch.js'
import { answerFor } from '../fleet/answer.js'
import { matchesStrongly, quoted } from '../negotiation.js'
import type { Call, Operation } from '../route.js'
import { instanceQuery, thresholdsPatchSchema } from '../schemas.js'
import { thresholdsOf } from './get-thresholds.js'

export const patchThresholds: Operation = {
  summary: 'Change thresholds, all of the patch or nothing',
  description:
    'Of every process that shares the dump directory, unless `instance` says otherwise: first of the one that answers, and of no other if that refuses. `If-Match` is about the one that answers, or the one that `instance` names.',
  query: instanceQuery,
  headers: ['If-Match'],
  body: { schema: thresholdsPatchSchema, types: ['application/merge-patch+json', 'application/json'] },
  responses: {
    200: {
      description: 'The thresholds of the process that answers, as they are now',
      schema: 'ThresholdsOrEach',
      headers: ['ETag', 'Autodump-Instances', 'Autodump-Instances-Failed'],
    },
  },
  problems: [404, 412, 503],
  handle(call) {
    const { query, request, body } = call
    const isOne = query.instance !== undefined && query.instance !== 'all'
    const ifMatch = (isOne && request.headers.get('if-match')) || undefined
    return answerFor(call, {
      request: { method: 'PATCH', path: '/thresholds', body, ifMatch },
      own: () => patchOwn(call),
      otherwise: 'program',
      ownFirst: true,
    })
  },
}

async function patchOwn({ admin, request, body }: Call): Promise<Response> {
  const ifMatch = request.headers.get('if-match')
  const { etag } = admin.monitor.thresholds()
  requireUnchanged(etag, tag => ifMatch === null || matchesStrongly(ifMatch, quoted(tag)))
  // With the tag that was just compared, since somebody else may be patching at this moment; `*` takes any.
  const compared = ifMatch === null || ifMatch.trim() === '*' ? undefined : etag
  await admin.monitor.updateThresholds(body, compared)
  return thresholdsOf(admin.monitor)
}
