import { isLogoutRequest } from '../../generated/validators.js'
import { invalid } from '../../lib/errors.js'
import { describeErrors, validator } from '../../lib/validate.js'
import { isSecure, setCookie } from '../login-session.js'
import type { Route } from '../route.js'
import type { LoginRequest } from './login.js'

export type LogoutRequest = Pick<LoginRequest, 'path'>

const validate = validator<LogoutRequest>(isLogoutRequest)

export const logout: Route = {
  method: 'POST',
  path: '/logout',
  action: 'read',
  summary: 'Give the cookie back',
  description: 'With the `path` of the login, where that had one.',
  body: { schema: 'LogoutRequest', types: ['application/json'], optional: true },
  responses: { 204: { description: 'The browser forgets it', headers: ['Set-Cookie'] } },
  handle({ admin, request, body }) {
    if (!validate(body)) throw invalid('logout', describeErrors(validate.errors, body))
    const cookie = setCookie(null, { path: body.path ?? admin.prefix, secure: isSecure(request) })
    return new Response(null, { status: 204, headers: { 'set-cookie': cookie } })
  },
}
