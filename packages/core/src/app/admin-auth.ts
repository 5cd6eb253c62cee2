import type { AdminAuth } from '../link/messages.js'
import type { Options } from '../model/options.js'

/**
 * The authentication of the monitor thread's own server. `auth.authorize` is code of the app thread, which does not answer
 * while that thread is stuck: then the server uses the monitor's random token instead, unless `admin.auth` says otherwise.
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
