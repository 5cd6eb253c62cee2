import type { Route } from '../route.js'

export const getStream: Route = {
  method: 'GET',
  path: '/stream',
  action: 'read',
  summary: 'Follow samples, decisions, captures and dumps as server-sent events',
  description:
    'A `status` event comes at once; then `sample`, `decision`, `capture` and `dump` events, each with JSON data. `capture` comes when a capture begins, makes progress and ends; then its data is `null`.',
  responses: { 200: { description: 'The events', type: 'text/event-stream' } },
  problems: [503],
  handle: ({ admin, request }) => admin.streams.open(request),
}
