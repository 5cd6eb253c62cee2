import { wantsOpenMetrics } from '../negotiation.js'
import { exposition } from '../prometheus.js'
import type { Route } from '../route.js'

export const getMetrics: Route = {
  method: 'GET',
  path: '/metrics',
  action: 'read',
  summary: 'Read the last sample in the text format of Prometheus',
  description:
    'As OpenMetrics where the `Accept` header prefers `application/openmetrics-text`: with the ids of dumps as exemplars.',
  responses: { 200: { description: 'The metrics', type: 'text/plain' } },
  handle({ admin: { monitor }, request }) {
    const format = wantsOpenMetrics(request.headers.get('accept')) ? 'openmetrics' : 'prometheus'
    const { thresholds } = monitor.thresholds()
    const { text, type } = exposition(monitor.status(), { thresholds, format })
    return new Response(text, { headers: { 'content-type': type, vary: 'accept' } })
  },
}
