import type { Operation } from '../route.js'

export const getStream: Operation = {
  summary: 'Follow samples, decisions and dumps as server-sent events',
  description: 'A `status` event comes at once; then `sample`, `decision` and `dump` events, each with JSON data.',
  responses: { 200: { description: 'The events', type: 'text/event-stream' } },
  problems: [503],
  handle: ({ admin, request }) => admin.streams.open(request),
}
