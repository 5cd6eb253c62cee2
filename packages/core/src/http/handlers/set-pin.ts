import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export const pinDump = setPinned(true, {
  method: 'PUT',
  summary: 'Keep a dump from retention',
  description: 'Refused where the pinned dumps would take more than half of what retention leaves to all.',
  responses: { 204: { description: 'It stays until somebody removes it' } },
  problems: [404, 409, 503],
})

export const unpinDump = setPinned(false, {
  method: 'DELETE',
  summary: 'Leave a dump to retention again',
  responses: { 204: { description: 'It is as any other' } },
  problems: [404],
})

function setPinned(pinned: boolean, about: Omit<Route, 'handle' | 'path' | 'action'>): Route {
  return {
    ...about,
    path: '/dumps/:id/pin',
    action: 'configure',
    async handle({ admin, params }) {
      if (!(await admin.monitor.setPinned(params.id, pinned))) throw new Problem(404, 'there is no such dump')
      return new Response(null, { status: 204 })
    },
  }
}
