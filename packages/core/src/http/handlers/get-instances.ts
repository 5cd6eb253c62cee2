import { type ListedInstance, listFleet } from '../fleet/list.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

/** The answer of `GET /instances`. */
export interface Instances {
  instances: ListedInstance[]
}

export const getInstances: Route = {
  method: 'GET',
  path: '/instances',
  action: 'read',
  summary: 'See every process that shares the dump directory, and how it is',
  description:
    'Those that live, the oldest first. One that does not answer in time is listed as `busy`, with what it said before, or as `silent`.',
  responses: { 200: { description: 'The processes', schema: 'Instances' } },
  handle: async ({ admin }) => json({ instances: await listFleet(admin.monitor) } satisfies Instances),
}
