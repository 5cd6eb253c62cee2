import { answerFor } from '../fleet/answer.js'
import { jsonText } from '../problem.js'
import type { Operation } from '../route.js'
import { samplesQuery } from '../schemas.js'

export const getSamples: Operation = {
  summary: 'See the samples of the last hour',
  description:
    'Oldest first, at most 3600, and fewer where there are many metrics. Of the process that answers, unless `instance` says otherwise.',
  query: samplesQuery,
  responses: { 200: { description: 'The samples', schema: 'SamplesOrEach', headers: ['Autodump-Instances'] } },
  problems: [404, 503],
  handle(call) {
    const { monitor } = call.admin
    const since = (call.query.since as number | undefined) ?? 0
    return answerFor(call, {
      request: { method: 'GET', path: '/samples', query: { since } },
      async own() {
        const samples = await monitor.samplesJson(since)
        return jsonText(`{"interval":${monitor.options.interval},"samples":${samples}}`)
      },
    })
  },
}
