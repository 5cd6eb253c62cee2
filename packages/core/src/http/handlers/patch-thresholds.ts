import { requireUnchanged } from '../../options/thresholds-patch.js'
import { answerFor } from '../fleet/answer.js'
import type { InstanceQuery } from '../fleet/select.js'
import { matchesStrongly, quoted } from '../negotiation.js'
import type { Call, Route } from '../route.js'
import { thresholdsOf } from './get-thresholds.js'

export const patchThresholds: Route<InstanceQuery> = {
  method: 'PATCH',
  path: '/thresholds',
  action: 'configure',
  forwards: true,
  summary: 'Change thresholds, all of the patch or nothing',
  description:
    'Of every process that shares the dump directory, unless `instance` says otherwise: first of the one that answers, and of no other if that refuses. `If-Match` is about the one that answers, or the one that `instance` names.',
  query: 'InstanceQuery',
  headers: ['If-Match'],
  body: { schema: 'ThresholdsPatch', types: ['application/merge-patch+json', 'application/json'] },
  responses: {
    200: {
      description: 'The thresholds of the process that answers, as they are now',
      schema: 'Thresholds',
      headers: ['ETag', 'Autodump-Instances-Failed'],
    },
  },
  problems: [412],
  handle(call) {
    const { query, request, body } = call
    const isOne = query.instance !== undefined && query.instance !== 'all'
    const ifMatch = (isOne && request.headers.get('if-match')) || undefined
    return answerFor(call, {
      body,
      ifMatch,
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
  // Uses the tag just compared, since another client may be patching at this moment; `*` takes any.
  const compared = ifMatch === null || ifMatch.trim() === '*' ? undefined : etag
  await admin.monitor.updateThresholds(body, compared)
  return thresholdsOf(admin.monitor)
}
