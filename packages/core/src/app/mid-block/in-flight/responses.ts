import type { IncomingMessage, ServerResponse } from 'node:http'
import { awaitsBody, isAnswering } from './answer.js'
import type { Description, Source } from './row.js'
import { traceparentIn } from './trace-context.js'

/** The known facts about a response. */
export const ofResponses = {
  isAnswering,
  hasSentAll: ({ req }: ServerResponse) => !awaitsBody(req),
  fateOf(response: ServerResponse) {
    if (isAnswering(response)) return 'answered'
    return response.destroyed || response.req.socket?.destroyed ? 'gone' : 'waiting'
  },
  targetOf({ req }: ServerResponse) {
    return `${req.method} ${(req as { originalUrl?: string }).originalUrl ?? req.url}`
  },
} satisfies Partial<Source<ServerResponse>>

export function describeResponse(response: ServerResponse, queued: boolean): Description {
  const req = response.req as IncomingMessage & { originalUrl?: string }
  return {
    method: req.method ?? '',
    url: req.originalUrl ?? req.url ?? '',
    remoteAddress: req.socket?.remoteAddress ?? null,
    state: queued ? 'queued' : isAnswering(response) ? 'streaming' : awaitsBody(req) ? 'receiving' : 'handling',
    protocol: `http/${req.httpVersion}`,
    traceparent: traceparentIn(req.rawHeaders),
    raw: req,
    owner: response,
  }
}
