import type { Operation } from '../route.js'

export const getMetrics: Operation = {
  summary: 'Read the last sample in the text format of Prometheus',
  responses: { 200: { description: 'The metrics', type: 'text/plain' } },
  async handle({ admin }) {
    // Only now: prom-client takes 5 MiB in each thread, and most processes are never asked.
    const { exposition } = await import('../prometheus.js')
    const { text, type } = await exposition(admin.monitor.status())
    return new Response(text, { headers: { 'content-type': type } })
  },
}
