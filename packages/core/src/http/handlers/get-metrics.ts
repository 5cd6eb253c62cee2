import { exposition } from '../prometheus.js'
import type { Operation } from '../route.js'

export const getMetrics: Operation = {
  summary: 'Read the last sample in the text format of Prometheus',
  responses: { 200: { description: 'The metrics', type: 'text/plain' } },
  async handle({ admin }) {
    const { text, type } = await exposition(admin.monitor.status())
    return new Response(text, { headers: { 'content-type': type } })
  },
}
