import type { Sample } from '../../model/sample.js'
import { answerFor } from '../fleet/answer.js'
import type { InstanceQuery } from '../fleet/select.js'
import { jsonText } from '../problem.js'
import type { Route } from '../route.js'

export interface SamplesQuery extends InstanceQuery {
  /**
   * Only samples that were taken after it, in epoch milliseconds.
   * @multipleOf 1
   * @minimum 0
   */
  since?: number
}

/** The answer of `GET /samples`. */
export interface Samples {
  /** Milliseconds between samples. */
  interval: number
  samples: Sample[]
}

export const getSamples: Route<SamplesQuery> = {
  method: 'GET',
  path: '/samples',
  action: 'read',
  forwards: true,
  summary: 'See the samples of the last hour',
  description:
    'Oldest first, at most 3600, and fewer where there are many metrics. Of the process that answers, unless `instance` says otherwise.',
  query: 'SamplesQuery',
  responses: { 200: { description: 'The samples', schema: 'Samples' } },
  handle(call) {
    const { monitor } = call.admin
    const { since = 0 } = call.query
    return answerFor(call, {
      query: { since },
      async own() {
        const samples = await monitor.samplesJson(since)
        return jsonText(`{"interval":${monitor.options.interval},"samples":${samples}}`)
      },
    })
  },
}
