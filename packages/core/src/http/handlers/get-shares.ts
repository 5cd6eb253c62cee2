import type { Shares, SharesQuery } from '../../model/shares.js'
import { onlyOverBucket } from '../only-over-bucket.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

export const getShares: Route<SharesQuery> = {
  method: 'GET',
  path: '/shares',
  action: 'read',
  summary: 'See what functions cost per request, compared with the version before or with the other instances',
  description:
    'Of the digests that processes write into the bucket every ten minutes. Only `autodump serve` answers it; a process answers 409.',
  query: 'SharesQuery',
  responses: { 200: { description: 'The services', schema: 'Shares' } },
  problems: [409],
  handle: async ({ admin, request, query }) =>
    json({ services: await onlyOverBucket(admin).shares(query, request.signal) } satisfies Shares),
}
