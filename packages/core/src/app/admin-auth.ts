import type { AdminAuth } from '../link/messages.js'
import type { Options } from '../model/options.js'

/**
 * What the monitor thread asks of a request. `auth.authorize` is code of the app thread, which cannot be called while
 * that is stuck: then the server has the monitor's random token instead, unless `admin.auth` says otherwise.
 *
 * @param makeToken gives the random token of the monitor; `reason` is why it is needed
 */
export function adminAuthOf(
  { admin, auth }: Pick<Options, 'admin' | 'auth'>,
  makeToken: (reason: string) => string,
): AdminAuth {
  if (!admin) return null
  if (admin.auth !== undefined) return admin.auth
  if (auth === false) return false
  if (auth === undefined) return { token: makeToken('no auth option is set') }
  if ('token' in auth) return { token: auth.token }
  return { token: makeToken('auth.authorize cannot be asked while the app thread is stuck') }
}
