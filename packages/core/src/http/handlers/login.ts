import { isLoginRequest } from '../../generated/validators.js'
import { type FieldError, invalid } from '../../lib/errors.js'
import { describeErrors, validator } from '../../lib/validate.js'
import { isSecure, setCookie } from '../login-session.js'
import { Problem } from '../problem.js'
import type { Route } from '../route.js'

export interface LoginRequest {
  /**
   * @minLength 1
   * @maxLength 4096
   * @writeOnly true
   */
  token: string
  /**
   * Where the browser sees the prefix, if a proxy shows it under another path; the cookie is for that.
   * @maxLength 1024
   * @pattern ^/[\w\-.~!$&'()*+,=:\x40%/]*$
   */
  path?: string
}

const validate = validator<LoginRequest>(isLoginRequest)

export const login: Route = {
  method: 'POST',
  path: '/login',
  action: null,
  summary: 'Get a cookie for the token',
  description:
    'For pages in a browser. The cookie lasts twelve hours, or until the token is another; it is not the token itself.',
  body: { schema: 'LoginRequest', types: ['application/json'] },
  responses: { 204: { description: 'Logged in', headers: ['Set-Cookie'] } },
  problems: [401, 404, 429],
  handle({ admin, request, client, body }) {
    if (!admin.login) throw new Problem(404, 'there is no token to log in with')
    if (!validate(body)) throw invalid('login', describeErrors(validate.errors, body).map(withoutValue))
    const value = admin.login(body.token, client)
    const cookie = setCookie(value, { path: body.path ?? admin.prefix, secure: isSecure(request) })
    return new Response(null, { status: 204, headers: { 'set-cookie': cookie } })
  },
}

/** It may be the token, under a wrong name or with extra characters. */
const withoutValue = ({ field, message }: FieldError) => ({ field, message: message.replace(/, got .*/s, '') })
