import { type Action, actions } from '../../model/access.js'
import { json } from '../problem.js'
import type { Route } from '../route.js'

/** The process that answers, and the actions that it allows. */
export interface Session {
  scheme: 'token' | 'authorize' | 'open'
  /** Which are allowed. */
  actions: Record<Action, boolean>
  /** The session is by a cookie. */
  canLogout: boolean
  version: string
  /** Id of the process that answers. */
  instance: string
  pid: number
  host: string
  prefix: string
  /** Where the dumps lie, if no process answers: a directory or a bucket. */
  place?: string
  /** They lie in a bucket: `/replay` and `/shares` answer. */
  bucket?: true
  /** Downloads may be links to the store: `?link=true`. */
  links?: true
}

export const getSession: Route = {
  method: 'GET',
  path: '/session',
  action: 'read',
  summary: 'See who answers, and what may be asked of it',
  description: 'For pages in a browser. With the option `auth.authorize` that is asked about each action.',
  responses: { 200: { description: 'The session', schema: 'Session' } },
  async handle({ admin, request, client, credential }) {
    const { id, pid, host, version } = admin.monitor.fleet.own
    const allowed = await Promise.all(
      actions.map(async (action): Promise<[Action, boolean]> => [action, await admin.allows(request, action, client)]),
    )
    return json({
      scheme: admin.scheme,
      actions: Object.fromEntries(allowed) as Session['actions'],
      canLogout: credential === 'cookie',
      version,
      instance: id,
      pid,
      host,
      prefix: admin.prefix,
      ...(admin.monitor.place !== undefined && { place: admin.monitor.place }),
      ...(admin.monitor.bucket && { bucket: true }),
      ...(admin.monitor.bucket?.link && { links: true }),
    } satisfies Session)
  },
}
