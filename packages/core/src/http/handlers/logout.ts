import { isSecure, setCookie } from '../login-session.js'
import type { Operation } from '../route.js'

export const logout: Operation = {
  summary: 'Give the cookie back',
  responses: { 204: { description: 'The browser forgets it', headers: ['Set-Cookie'] } },
  handle({ admin, request }) {
    const cookie = setCookie(null, { prefix: admin.prefix, secure: isSecure(request) })
    return new Response(null, { status: 204, headers: { 'set-cookie': cookie } })
  },
}
