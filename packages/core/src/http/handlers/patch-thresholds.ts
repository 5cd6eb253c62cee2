import { AutodumpError } from '../../errors.js'
import { matchesStrongly, quoted } from '../negotiation.js'
import type { Operation } from '../route.js'
import { thresholdsPatchSchema } from '../schemas.js'
import { getThresholds } from './get-thresholds.js'

export const patchThresholds: Operation = {
  summary: 'Change thresholds, all of the patch or nothing',
  headers: ['If-Match'],
  body: { schema: thresholdsPatchSchema, types: ['application/merge-patch+json', 'application/json'] },
  responses: { 200: { description: 'The thresholds as they are now', schema: 'Thresholds', headers: ['ETag'] } },
  problems: [412, 503],
  async handle(call) {
    const { admin, request, body } = call
    const ifMatch = request.headers.get('if-match')
    const { etag } = admin.monitor.thresholds()
    if (ifMatch !== null && !matchesStrongly(ifMatch, quoted(etag)))
      throw new AutodumpError('STALE', 'the thresholds were changed since they were read')
    // With the tag that was just compared, since somebody else may be patching at this moment; `*` takes any.
    const compared = ifMatch === null || ifMatch.trim() === '*' ? undefined : etag
    await admin.monitor.updateThresholds(body, compared)
    return getThresholds.handle(call)
  },
}
