import { findCapturing } from '../fleet/list.js'
import { json, Problem, retrySeconds } from '../problem.js'
import type { Route } from '../route.js'

export const getDump: Route = {
  method: 'GET',
  path: '/dumps/:id',
  action: 'read',
  summary: 'Read the manifest of a dump',
  description: 'While the dump is being captured the answer has the state `capturing` and a `Retry-After`.',
  responses: { 200: { description: 'The manifest', schema: ['Manifest', 'CapturingDump'], headers: ['Retry-After'] } },
  problems: [404],
  async handle({ admin, params }) {
    const { monitor } = admin
    const manifest =
      (await monitor.manifest(params.id)) ??
      (await findCapturing(monitor.fleet, params.id)) ??
      // The dump may have been published while the others were asked.
      (await monitor.manifest(params.id))
    if (!manifest) throw new Problem(404, 'there is no such dump')
    return json(manifest, { headers: manifest.state === 'capturing' ? { 'retry-after': retrySeconds() } : {} })
  },
}
